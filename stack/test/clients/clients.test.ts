import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gql } from '@apollo/client';
import { parse, validate } from 'graphql';
import { loadConfig } from 'graphql-config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { apolloClient } from './apollo-client.ts';
import { possibleTypes, publicSchema } from './public-schema.ts';
import { Session } from './session.ts';
import { urqlClient } from './urql-client.ts';

let marketplace: Marketplace;
let url: string;

beforeAll(async () => {
  marketplace = await openMarketplace();
  url = marketplace.endpoint;
}, 120_000);

afterAll(() => marketplace?.stop());

const SEAT_MAP = `query SeatMap($showId: ID!) {
  show(id: $showId) { id seatMap { version sections { name rows { label seats { id number status } } } } }
}`;
const HOLD_SEATS = `mutation HoldSeats($input: HoldSeatsInput!) {
  holdSeats(input: $input) {
    ... on HoldSeatsPayload { hold { id seats { id number status } } }
    ... on UserError { message }
  }
}`;

interface SeatMap {
  show: { seatMap: { sections: { rows: { seats: { id: string; status: string }[] }[] }[] } };
}

interface Held {
  holdSeats: { hold?: { id: string }; message?: string };
}

function seatsIn(map: SeatMap | null | undefined): { id: string; status: string }[] {
  return map?.show.seatMap.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats)) ?? [];
}

function freeSeat(map: SeatMap | null | undefined): string {
  return seatsIn(map).find(({ status }) => status === 'AVAILABLE')?.id ?? '';
}

async function signedIn(account: string): Promise<Session> {
  const session = new Session(url);
  await session.signIn(`${account}@marquee.test`, DEMO_PASSWORD);
  return session;
}

/** A fetch that records methods, and loses the first answer to a mutation of that name. */
function fetchThatLoses(name: string) {
  const methods: string[] = [];
  let isLost = false;
  const lossy: typeof fetch = async (input, init) => {
    methods.push(init?.method ?? 'GET');
    const response = await fetch(input, init);
    if (isLost || !String(init?.body).includes(name)) return response;
    isLost = true;
    throw new TypeError('fetch failed');
  };
  return { methods, fetch: lossy, lost: () => isLost };
}

test('the guide shows the code that these tests run', () => {
  const guide = readFileSync(new URL('../../../docs/clients.md', import.meta.url), 'utf8');
  const shown = [...guide.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)];
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => !file.endsWith('.test.ts'));
  expect(shown.map(([, file]) => file).toSorted()).toEqual(files.toSorted());
  for (const [, file = '', code] of shown) expect(code).toBe(readFileSync(new URL(file, import.meta.url), 'utf8'));
});

test('Apollo Client caches by id, sends queries by GET, and a lost answer holds a seat once', async () => {
  const lossy = fetchThatLoses('HoldSeats');
  const types = possibleTypes(await publicSchema(url));
  const client = apolloClient({
    ...{ url, session: await signedIn('customer'), possibleTypes: types, fetch: lossy.fetch },
  });
  const seatMap = { query: gql(SEAT_MAP), variables: { showId: marketplace.showId } };
  const { data } = await client.query<SeatMap>(seatMap);
  const seatId = freeSeat(data);
  const input = { showId: marketplace.showId, seatIds: [seatId], idempotencyKey: crypto.randomUUID() };
  const held = await client.mutate<Held>({ mutation: gql(HOLD_SEATS), variables: { input } });
  expect([lossy.lost(), held.data?.holdSeats.hold]).toEqual([true, expect.anything()]);
  const cached = client.readQuery<SeatMap>(seatMap);
  expect(seatsIn(cached).find(({ id }) => id === seatId)?.status).toBe('HELD');
  expect(lossy.methods.filter((method) => method === 'GET')).not.toEqual([]);

  const refused = await client.mutate<Held>({
    mutation: gql(HOLD_SEATS),
    variables: { input: { ...input, idempotencyKey: crypto.randomUUID(), showId: 'lon_shw_none' } },
    errorPolicy: 'all',
  });
  expect(refused.error).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  client.stop();
});

test('urql caches by id and sends queries by GET', async () => {
  const recorded = fetchThatLoses('nothing');
  const schema = await publicSchema(url);
  const client = urqlClient({ url, session: await signedIn('customer2'), schema, fetch: recorded.fetch });
  const variables = { showId: marketplace.showId };
  const first = await client.query<SeatMap>(parse(SEAT_MAP), variables).toPromise();
  expect(first.error).toBeUndefined();
  const seatId = freeSeat(first.data);
  const input = { ...variables, seatIds: [seatId], idempotencyKey: crypto.randomUUID() };
  const held = await client.mutation<Held>(parse(HOLD_SEATS), { input }).toPromise();
  expect(held.data?.holdSeats.hold).toBeDefined();
  const again = await client.query<SeatMap>(parse(SEAT_MAP), variables, { requestPolicy: 'cache-only' }).toPromise();
  expect(seatsIn(again.data).find(({ id }) => id === seatId)?.status).toBe('HELD');
  expect(recorded.methods).toContain('GET');
});

const VIEWER = '{ viewer { id email } }';

test.each(['Apollo Client', 'urql'])('%s renews a refused token and sends the operations again', async (library) => {
  const tokens = await tokensOf('partner');
  const session = new Session(url, { ...tokens, accessToken: 'not.a.token' });
  const schema = await publicSchema(url);
  const ask =
    library === 'urql'
      ? (
          (client) => () =>
            client.query(parse(VIEWER), {}, { requestPolicy: 'network-only' }).toPromise()
        )(urqlClient({ url, session, schema }))
      : (
          (client) => () =>
            client.query({ query: gql(VIEWER), fetchPolicy: 'network-only' })
        )(apolloClient({ url, session, possibleTypes: possibleTypes(schema) }));
  const answers = await Promise.all([ask(), ask(), ask()]);
  for (const { data } of answers) expect(data).toMatchObject({ viewer: { email: 'partner@marquee.test' } });
});

async function tokensOf(account: string) {
  const query = `mutation ($input: LoginInput!) {
    login(input: $input) { ... on AuthPayload { accessToken refreshToken expiresIn } }
  }`;
  const variables = { input: { email: `${account}@marquee.test`, password: DEMO_PASSWORD } };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (
    (await response.json()) as { data: { login: { accessToken: string; refreshToken: string; expiresIn: number } } }
  ).data.login;
}

test('a session that cannot be continued is over', async () => {
  const session = new Session(url, { accessToken: 'x', refreshToken: 'not one of ours', expiresIn: 0 });
  expect(session.isExpiring).toBe(true);
  await expect(session.refresh()).rejects.toThrow(/sign in/i);
  expect([session.token, session.isExpiring]).toEqual([undefined, false]);
});

test('graphql-config finds the schema and every registered operation, which fit', async () => {
  const config = await loadConfig({ rootDir: fileURLToPath(new URL('../../../', import.meta.url)) });
  const project = config?.getDefault();
  const documents = (await project?.getDocuments()) ?? [];
  expect(documents.map(({ location }) => location)).toContainEqual(
    expect.stringContaining('storefront/booking.graphql'),
  );
  const schema = await project?.getSchema();
  expect(schema?.getQueryType()?.name).toBe('Query');
  const errors = documents.flatMap(({ document }) => (schema && document ? [...validate(schema, document)] : []));
  expect(errors).toEqual([]);
});
