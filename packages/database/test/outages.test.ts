import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { databaseOutage, eventually } from '@marquee/testkit';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import { connect, isDatabaseOutage } from '../src/index.ts';
import { migratedClient } from './scratch.ts';

/** A call of each kind. */
const CALLS: Readonly<Record<string, (client: PrismaClient) => Promise<unknown>>> = {
  'a model call': async (client) => client.place.findMany(),
  'a raw statement': async (client) => client.$queryRaw`SELECT 1`,
  'a transaction': (client) => client.$transaction(async (tx) => tx.$queryRaw`SELECT 1`),
};

function clientAt(url: string): PrismaClient {
  const client = connect(PrismaClient, { url });
  onTestFinished(() => client.$disconnect());
  return client;
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );
}

/** Ends the server's side of all connections to the database, as a restart does. */
async function endConnections(url: string): Promise<void> {
  await (
    await databaseOutage({ url })
  )();
}

test.each(Object.keys(CALLS))('%s tells at once that nothing listens', async (name) => {
  const startedAt = performance.now();
  expect(isDatabaseOutage(await failureOf(CALLS[name]!(clientAt('postgresql://127.0.0.1:1/none'))))).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test.each(Object.keys(CALLS))(
  '%s tells at once that the database accepts no connections, and works after',
  async (name) => {
    const { client, url } = await migratedClient();
    const call = CALLS[name]!;
    await call(client);
    const restore = await databaseOutage({ url });
    // The pool may not have seen the end of its connection yet.
    for (let attempt = 1; attempt <= 2; attempt += 1)
      expect(isDatabaseOutage(await failureOf(call(client)))).toBe(true);
    await restore();
    await call(client);
  },
);

test.each([
  ['a raw statement', async (client: PrismaClient) => client.$queryRaw`SELECT count(*) FROM places`],
  ['a model call', async (client: PrismaClient) => client.place.count()],
  ['a transaction', (client: PrismaClient) => client.$transaction((tx) => tx.place.count())],
])('%s that is ended half-way tells it', async (_name, call) => {
  const { client, url } = await migratedClient();
  const locker = new pg.Client({ connectionString: url });
  await locker.connect();
  await locker.query('BEGIN; LOCK TABLE places');
  const failure = failureOf(call(client));
  const endWaiting = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'places'::regclass`;
  await eventually(async () => expect((await locker.query(endWaiting)).rowCount).toBe(1));
  await locker.end();
  expect(isDatabaseOutage(await failure)).toBe(true);
  await call(client);
});

test.each([
  ['before a statement', true],
  ['before its commit', false],
])('a transaction whose connection is lost %s tells it', async (_when, more) => {
  const { client, url } = await migratedClient();
  const failure = await failureOf(
    client.$transaction(async (tx) => {
      await tx.place.count();
      await endConnections(url);
      if (more) await tx.place.count();
    }),
  );
  expect(isDatabaseOutage(failure)).toBe(true);
});

/**
 * A network before a server, which may be cut: connections stay open, and nothing passes.
 *
 * @param isLate whether the client does not see that the server has ended a connection
 */
async function network(serverUrl: string, isLate = false) {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const front = createServer((near) => {
    const far = connectTo(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('data', (data) => !isCut && other.write(data));
      socket.on('close', () => isLate || other.destroy()).on('error', () => {});
    }
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    front.close();
  });
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${(front.address() as AddressInfo).port}`;
  return { url: url.href, cut: (cut: boolean) => (isCut = cut) };
}

test('a connection that the server has ended is used no more, also before its end arrives', async () => {
  const { url } = await migratedClient();
  const client = clientAt((await network(url, true)).url);
  expect(isDatabaseOutage(await failureOf(client.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`))).toBe(true);
  await client.$queryRaw`SELECT 1`;
});

// Together, because each takes as long as its time-outs.
test('any call to a server that has fallen silent is given up, and works after; a slow statement is waited for', async () => {
  await Promise.all([...Object.values(CALLS).map(callToASilentServer), slowStatement()]);
});

async function callToASilentServer(call: (typeof CALLS)[string]): Promise<void> {
  const { url: serverUrl } = await migratedClient();
  const { url, cut } = await network(serverUrl);
  const client = clientAt(url);
  await call(client);
  cut(true);
  const startedAt = performance.now();
  // One of them has a connection already, the others ask for one.
  const failures = await Promise.all(Array.from({ length: 3 }, () => failureOf(call(client))));
  expect(failures.map(isDatabaseOutage)).toEqual([true, true, true]);
  // Four seconds of silence and five for a new connection; on a busy machine a little more.
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  cut(false);
  await call(client);
}

async function slowStatement(): Promise<void> {
  const { client } = await migratedClient();
  expect(await client.$queryRaw`SELECT 1 AS slept FROM pg_sleep(3.5)`).toEqual([{ slept: 1 }]);
}

test('a failure of the work itself is no outage', async () => {
  const { client } = await migratedClient();
  const place = { id: 'a', name: 'Odeon', capacity: 1 };
  await client.place.create({ data: place });
  expect(isDatabaseOutage(await failureOf(client.place.create({ data: place })))).toBe(false);
  expect(isDatabaseOutage(await failureOf((async () => client.$queryRaw`SELECT 1 / 0`)()))).toBe(false);
  for (const error of [undefined, 'text', new Error('Connection terminated')])
    expect(isDatabaseOutage(error)).toBe(false);
});
