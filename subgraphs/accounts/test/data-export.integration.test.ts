import type { ServiceCalls, UserCaller } from '@marquee/subgraph';
import { fastify } from 'fastify';
import { eventually, happens } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { DataExportRepository } from '../src/adapters/data-exports.ts';
import { personalDataParts } from '../src/adapters/personal-data-parts.ts';
import { AesSecretBox } from '@marquee/database';
import { openLog } from '@marquee/telemetry';
import { makeDataExports } from '../src/use-cases/export-data.ts';
import { type AccountsHarness, openAccounts, registered, stoppedClock } from './harness.ts';

const REQUEST = 'mutation RequestDataExport { requestDataExport { export { id status downloadUrl } } }';
const EXPORT = 'query DataExport($id: ID!) { dataExport(id: $id) { id status downloadUrl expiresAt } }';
const MINE = 'query { viewer { dataExports { id status requestedAt readyAt expiresAt } } }';
const OF_OTHERS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { id dataExports { id } } } }`;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Which subgraphs were asked, and which are away. */
const asked: string[] = [];
const away = new Set<string>();
const calls = {
  query: (subgraph: string) => {
    asked.push(subgraph);
    return away.has(subgraph)
      ? Promise.reject(new Error(`${subgraph} is away`))
      : Promise.resolve({ personalData: subgraph === 'catalog' ? null : `{"of":"${subgraph}"}` });
  },
} as ServiceCalls;

let harness: AccountsHarness;
let exports: DataExportRepository;
beforeAll(async () => {
  harness = await openAccounts({ calls }, stoppedClock());
  const key = Buffer.from(String(harness.settings['encryptionKey']), 'base64url');
  exports = new DataExportRepository(harness.database, new AesSecretBox(key));
});

/** Runs the job. */
async function make(): Promise<void> {
  asked.length = 0;
  await harness.database.dataExport.updateMany({ data: { dueAt: new Date(0) } });
  await makeDataExports({
    dataExports: exports,
    fetchPersonalData: personalDataParts(calls, async () => ({ account: 'Ada Lovelace' })),
    subgraphs: ['accounts', 'booking', 'catalog'],
    log: openLog({ service: 'accounts', level: 'silent' }),
    now: harness.clock.now,
  });
}

async function requested(caller: UserCaller): Promise<string> {
  const { export: made } = (await harness.field(REQUEST, {}, { caller })) as unknown as { export: { id: string } };
  return made.id;
}

const read = (id: string, caller: UserCaller) => harness.field(EXPORT, { id }, { caller });

/** Follows a link, as a browser does. */
async function follow(url: unknown) {
  const app = fastify();
  harness.subgraph.routes?.(app);
  const { statusCode, body, headers } = await app.inject({ method: 'GET', url: String(url) });
  return { statusCode, body, headers };
}

test('an export waits for the subgraph that is away, asks only it again, and is then there for a week', async () => {
  const { caller } = await registered(harness);
  away.add('booking');
  const id = await requested(caller);
  await make();
  expect(asked).toEqual(['booking', 'catalog']);
  expect(await read(id, caller)).toEqual({ id, status: 'PENDING', downloadUrl: null, expiresAt: null });
  away.clear();
  await make();
  expect(asked).toEqual(['booking']);
  const ready = await read(id, caller);
  const expiresAt = new Date(harness.clock.now().getTime() + 7 * DAY_MS).toISOString();
  expect(ready).toMatchObject({ status: 'READY', expiresAt });
  const file = await follow(ready['downloadUrl']);
  expect(JSON.parse(file.body)).toEqual({
    madeAt: harness.clock.now().toISOString(),
    accounts: { account: 'Ada Lovelace' },
    booking: { of: 'booking' },
    catalog: null,
  });
  expect(file.headers).toMatchObject({ 'cache-control': 'private, no-store' });
  const events = await harness.database.outboxEvent.findMany({ where: { type: 'account.data-export-ready' } });
  expect(events.map(({ payload }) => payload)).toEqual([{ userId: caller.userId, exportId: id, expiresAt }]);
});

test('a link works once and for fifteen minutes; a forged one never', async () => {
  const { caller } = await registered(harness);
  const id = await requested(caller);
  await make();
  const link = async () => String((await read(id, caller))['downloadUrl']);
  const first = await link();
  expect((await follow(first.replace('version=0', 'version=1'))).statusCode).toBe(404);
  const answers = await Promise.all([follow(first), follow(first), follow(first)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 404, 404]);
  const second = await link();
  harness.clock.advance(15 * 60_000);
  expect((await follow(second)).statusCode).toBe(404);
});

test('parts and file are not in the database as text', async () => {
  const { caller } = await registered(harness);
  await requested(caller);
  away.add('catalog');
  await make();
  const text = (column: string, table: string) =>
    harness.database.$queryRawUnsafe<{ text: string }[]>(`SELECT encode(${column}, 'escape') AS text FROM ${table}`);
  const parts = await text('content', 'data_export_parts');
  expect(parts).toHaveLength(2);
  expect(JSON.stringify(parts)).not.toContain('Ada');
  away.clear();
  await make();
  expect(await text('content', 'data_export_parts')).toEqual([]);
  expect(JSON.stringify(await text('file', 'data_exports'))).not.toContain('Ada');
});

test('an export whose parts were sealed with a key that is gone starts again, and holds up no other', async () => {
  const [stuck, other] = [(await registered(harness)).caller, (await registered(harness)).caller];
  const ids = [await requested(stuck), await requested(other)] as const;
  const former = new DataExportRepository(harness.database, new AesSecretBox([Buffer.alloc(32, 9)]));
  await former.addPart(ids[0], 'booking', '{}');
  await make();
  expect(await read(ids[1], other)).toMatchObject({ status: 'READY' });
  expect(await read(ids[0], stuck)).toMatchObject({ status: 'PENDING' });
  await make();
  expect(await read(ids[0], stuck)).toMatchObject({ status: 'READY' });
});

test('a person has one export a day, however often they ask, and nobody else’s', async () => {
  const [one, other] = [(await registered(harness)).caller, (await registered(harness)).caller];
  const ids = [await requested(one), await requested(one)];
  expect(new Set(ids).size).toBe(1);
  await make();
  expect(await requested(one)).toBe(ids[0]);
  expect(await read(ids[0] ?? '', other)).toBeNull();
  harness.clock.advance(DAY_MS + 1);
  const later = { ...one, authenticatedAt: harness.clock.now() };
  expect(await requested(later)).not.toBe(ids[0]);
  harness.clock.advance(7 * DAY_MS);
  expect(await read(ids[0] ?? '', later)).toBeNull();
});

test('a person sees their exports that are not deleted, the last requested first', async () => {
  const { caller } = await registered(harness);
  const mine = async (of = caller) => (await harness.field(MINE, {}, { caller: of }))['dataExports'];
  expect(await mine()).toEqual([]);
  const first = await requested(caller);
  const requestedAt = harness.clock.now().toISOString();
  expect(await mine()).toEqual([{ id: first, status: 'PENDING', requestedAt, readyAt: null, expiresAt: null }]);
  harness.clock.advance(60_000);
  await make();
  const readyAt = harness.clock.now().toISOString();
  const expiresAt = new Date(harness.clock.now().getTime() + 7 * DAY_MS).toISOString();
  const made = { id: first, status: 'READY', requestedAt, readyAt, expiresAt };
  harness.clock.advance(DAY_MS);
  const later = { ...caller, authenticatedAt: harness.clock.now() };
  const second = await requested(later);
  const day = { id: second, status: 'PENDING', requestedAt: harness.clock.now().toISOString() };
  expect(await mine(later)).toEqual([{ ...day, readyAt: null, expiresAt: null }, made]);
  harness.clock.advance(6 * DAY_MS);
  expect(await mine(later)).toMatchObject([{ id: second }]);
});

test('nobody else sees that somebody has exports, administrators neither', async () => {
  const { caller } = await registered(harness);
  await requested(caller);
  const administrator = { ...caller, userId: 'usr_admin', scopes: ['users:read', 'users:write'] };
  const representations = [{ __typename: 'User', id: caller.userId }];
  for (const [other, code] of [
    [administrator, 'FORBIDDEN'],
    [(await registered(harness)).caller, 'FORBIDDEN'],
    [{ kind: 'anonymous' } as const, 'UNAUTHENTICATED'],
  ] as const) {
    const { data, errors } = await harness.execute(OF_OTHERS, other, { representations });
    expect(data).toEqual({ _entities: [{ id: caller.userId, dataExports: null }] });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  }
});

const GATE = 42;

/** Requests of one person that have all found no export when the first of them is stored. @returns how many are made */
async function requestsAtOnce(): Promise<number> {
  const { caller } = await registered(harness);
  const at = harness.clock.now();
  await harness.database.$executeRawUnsafe(`
    CREATE OR REPLACE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN NEW; END $$`);
  await harness.database.$executeRaw`
    CREATE OR REPLACE TRIGGER gate BEFORE INSERT ON data_exports FOR EACH ROW EXECUTE FUNCTION wait_at_gate()`;
  const requests = await harness.database.$sqlTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${GATE}::bigint)`;
    const started = [1, 2, 3].map(() => exports.request(caller.userId, at));
    await eventually(async () => {
      const [row] = await tx.$queryRaw<{ waiting: number }[]>`
        SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE} AND NOT granted`;
      expect(row?.waiting).toBe(3);
    });
    return started;
  });
  await Promise.all(requests);
  await harness.database.$executeRaw`DROP TRIGGER gate ON data_exports`;
  return harness.database.dataExport.count({ where: { userId: caller.userId } });
}

test('of requests at once, one makes an export', async () => {
  expect(await requestsAtOnce()).toBe(1);
});

test('control: without the index, several make one', async () => {
  await harness.database.$executeRaw`DROP INDEX data_exports_one_at_a_time`;
  expect(await happens(async () => (await requestsAtOnce()) > 1)).toBe(true);
});

test('requesting and downloading need a fresh sign-in', async () => {
  const { caller } = await registered(harness);
  const id = await requested(caller);
  await make();
  const stale = { ...caller, authenticatedAt: new Date(harness.clock.now().getTime() - DAY_MS) };
  for (const [document, variables] of [
    [REQUEST, {}],
    [EXPORT, { id }],
  ] as const) {
    const { errors } = await harness.execute(document, stale, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }]);
  }
});

test('what subgraphs hold is told to this service alone, and it holds the account', async () => {
  const { caller, email } = await registered(harness);
  const query = '{ personalData(userId: "' + caller.userId + '") }';
  const { data } = await harness.execute(query, { kind: 'service', name: 'accounts' });
  expect(JSON.parse(String(data?.['personalData']))).toMatchObject({ account: { email }, sessions: [{}] });
  for (const other of [caller, { kind: 'service', name: 'booking' } as const]) {
    expect((await harness.execute(query, other)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});
