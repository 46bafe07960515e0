import { DEMO_PASSWORD } from '@marquee/stack/demo/purchase';

import { queryDatabase } from '../faults/query-database.ts';
import type { World } from '../faults/world.ts';
import type { Target } from './attacks/index.ts';
import { answerOf } from './attacks/transports.ts';
import { Bystander } from './bystander.ts';

/** Who takes part: a bystander, and an attacker in other networks with another account. */
export interface People {
  readonly bystander: Bystander;
  /** Another network of the attacker for each attack, freshly signed in. */
  targetOf(attack: number): Promise<Target>;
}

const BYSTANDER = { email: 'customer@marquee.test', password: DEMO_PASSWORD };
const ATTACKER = { email: 'customer2@marquee.test', password: DEMO_PASSWORD };
const SHOWS = 12;
const LOGIN =
  'mutation ($input: LoginInput!) { login(input: $input) { ... on AuthPayload { accessToken user { id } } } }';

interface FreeSeats {
  readonly id: string;
  readonly seats: readonly string[];
}

export async function openPeople(world: World): Promise<People> {
  const { endpoint } = world;
  const [attacked, ...others] = await freeSeats(world);
  if (attacked === undefined || others.length === 0) throw new Error('There are no shows with free seats.');
  const shows = others.map(({ id, seats }) => ({ showId: id, seatId: seats[0] as string }));
  const bystander = new Bystander({ ...BYSTANDER, endpoint, network: '198.51.100.1', shows });
  await bystander.open();
  return {
    bystander,
    targetOf: async (attack) => {
      const network = `203.0.113.${attack + 1}`;
      const { accessToken, userId } = await signIn(endpoint, network);
      return {
        ...{ endpoint, victimEmail: BYSTANDER.email },
        attacker: { ...ATTACKER, endpoint, network, accessToken, userId },
        show: { id: attacked.id, seatIds: attacked.seats },
      };
    },
  };
}

async function signIn(endpoint: string, network: string): Promise<{ accessToken: string; userId: string }> {
  const body = { query: LOGIN, variables: { input: ATTACKER } };
  const [answer] = await answerOf({ endpoint, network }, body);
  const { login } = (answer as { data: { login: { accessToken: string; user: { id: string } } } }).data;
  return { accessToken: login.accessToken, userId: login.user.id };
}

/** Shows of the next days with their seats, which are all free. */
async function freeSeats({ endpoint, databaseUrl }: World): Promise<FreeSeats[]> {
  const rows = await queryDatabase<{ id: string }>(
    databaseUrl('booking'),
    `SELECT id FROM shows WHERE starts_at > now() + interval '2 days' AND NOT sold_out ORDER BY id LIMIT $1`,
    [SHOWS],
  );
  return Promise.all(rows.map(async ({ id }) => ({ id, seats: await seatsOf(endpoint, id) })));
}

async function seatsOf(endpoint: string, showId: string): Promise<string[]> {
  const query = 'query ($id: ID!) { show(id: $id) { seatMap { sections { rows { seats { id status } } } } } }';
  const sender = { endpoint, network: '198.51.100.2' };
  const [answer] = await answerOf(sender, { query, variables: { id: showId } });
  const { seatMap } = (answer as { data: { show: { seatMap: SeatMap } } }).data.show;
  const seats = seatMap.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  return seats.filter(({ status }) => status === 'AVAILABLE').map(({ id }) => id);
}

interface SeatMap {
  readonly sections: readonly {
    readonly rows: readonly { readonly seats: readonly { id: string; status: string }[] }[];
  }[];
}
