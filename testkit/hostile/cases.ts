import { openRedis } from '@marquee/redis';

import { queryDatabase } from '../faults/query-database.ts';
import type { World } from '../faults/world.ts';
import * as attacks from './attacks/index.ts';

/** An attack, and what must be true of it, whatever it did. */
export interface Case {
  readonly attack: attacks.Attack;
  /** Outcomes that are allowed besides `RATE_LIMITED`. */
  readonly allowed: readonly string[];
  /** Outcomes that must not come more often, and what the attack must not get more of. */
  readonly most?: Readonly<Record<string, number>> | ((minutes: number) => Readonly<Record<string, number>>);
  /** The lasting effects of an attack, by name; read before and after. */
  kept?(world: World, target: attacks.Target): Promise<Readonly<Record<string, number>>>;
}

const REFUSED = ['BAD_USER_INPUT', 'OPERATION_TOO_EXPENSIVE', 'OPERATION_TOO_LARGE'];
const INVALID = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];
const MEGABYTE = 1e6;

/** The attacks, in the order of what they aim at: work, input, memory, seats, connections, people. */
export const CASES: readonly Case[] = [
  {
    attack: attacks.massSignUp,
    allowed: [...REFUSED, 'AuthPayload'],
    most: { AuthPayload: 30, accounts: 30 },
    kept: async (world) => ({
      accounts: await count(world, 'accounts', 'SELECT count(*) FROM users WHERE email LIKE $1', [
        `${attacks.MADE_UP}%`,
      ]),
    }),
  },
  {
    attack: attacks.massLogin,
    allowed: [...REFUSED, 'AuthPayload'],
    most: { 'open sessions': 50 },
    kept: async (world, { attacker }) => ({
      'open sessions': await count(
        world,
        'accounts',
        `SELECT count(*) FROM sessions JOIN users ON users.id = user_id WHERE email = $1 AND revoked_at IS NULL`,
        [attacker.email],
      ),
    }),
  },
  {
    attack: attacks.guessing,
    allowed: ['InvalidCredentialsError'],
    // Twenty for the account, whatever the networks; then one after 1, 2, 4 … seconds, and one that was under way.
    most: (minutes) => ({ InvalidCredentialsError: 21 + Math.ceil(Math.log2(60 * minutes + 1)) }),
  },
  { attack: attacks.hashing, allowed: ['InvalidCredentialsError'], most: { InvalidCredentialsError: 300 } },
  // 1009: the message is larger than a socket takes.
  { attack: attacks.longLists, allowed: [...REFUSED, 'CLOSED 1009'] },
  {
    attack: attacks.persistedQueries,
    allowed: [...REFUSED, ...INVALID, 'CityConnection', 'PERSISTED_QUERY_NOT_FOUND', 'KEPT'],
    // Two of this size a minute, in a batch twice each; a run touches one minute more than it lasts.
    most: (minutes) => ({ KEPT: 4 * (Math.ceil(minutes) + 1), 'bytes in Redis': MEGABYTE }),
    kept: async ({ redis }) => ({ 'bytes in Redis': await bytesIn(redis.url) }),
  },
  { attack: attacks.uniqueOperations, allowed: ['OK'] },
  { attack: attacks.respelled, allowed: ['CityConnection'] },
  { attack: attacks.wideBatch, allowed: [...REFUSED, 'CityConnection'] },
  { attack: attacks.largeLiterals, allowed: [...REFUSED, 'CityConnection'] },
  { attack: attacks.nonsense, allowed: [...REFUSED, ...INVALID] },
  { attack: attacks.bodies, allowed: [...REFUSED, ...INVALID, 'BAD_REQUEST'] },
  {
    attack: attacks.houseBlock,
    allowed: [
      'HoldSeatsPayload',
      'CreateBookingPayload',
      'SeatUnavailableError',
      'SeatLimitExceededError',
      'HoldExpiredError',
    ],
    most: { seats: 10 },
    kept: async (world, { attacker, show }) => ({
      seats: await count(
        world,
        'booking',
        `SELECT count(*) FROM seat_claims WHERE show_id = $1 AND customer_id = $2 AND (expires_at IS NULL OR expires_at > now())`,
        [show.id, attacker.userId],
      ),
    }),
  },
  {
    attack: attacks.manySockets,
    // 1013: the network sends more messages than it may.
    allowed: ['OPEN AT ONCE', 'SOCKET REFUSED', 'CLOSED 1013'],
    most: { 'OPEN AT ONCE': 500 },
  },
  { attack: attacks.longIds, allowed: ['CLOSED 4400', 'CLOSED 4429', 'CLOSED 1013', 'SOCKET REFUSED'] },
  { attack: attacks.pings, allowed: ['CLOSED 4429', 'CLOSED 1013', 'SOCKET REFUSED'] },
];

async function count(world: World, domain: string, sql: string, values: readonly unknown[]): Promise<number> {
  const [row] = await queryDatabase<{ count: string }>(world.databaseUrl(domain), sql, values);
  return Number(row?.count);
}

async function bytesIn(url: string): Promise<number> {
  const redis = openRedis(url, { onError: () => undefined });
  try {
    return Number(/^used_memory_dataset:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  } finally {
    redis.disconnect();
  }
}
