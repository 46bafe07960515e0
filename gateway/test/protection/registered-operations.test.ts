import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, testRedis } from '@marquee/testkit';
import { parse, print } from 'graphql';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PERSISTED_QUERIES } from '../../src/protection/persisted-query-budget.ts';
import { persistedQueries, sha256 } from '../../src/protection/persisted-queries.ts';
import { readRegisteredOperations, registeredOperations } from '../../src/protection/safelist.ts';
import { collect, send, startGateway } from '../server/gateway-under-test.ts';

const QUERY = 'query Shows { shows { id ...Title } } fragment Title on Show { title }';
const REGISTERED = registeredOperations([parse(`${QUERY} query Other { shows { ...Title } }`)]);
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

async function manifestOf(operations: readonly { id: string; body: string }[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'manifest.json');
  await writeFile(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  return file;
}

test('registered operations are read from the registry’s manifest', async () => {
  const bodies = [print(parse(QUERY)), 'query Other {\n  shows {\n    id\n  }\n}'];
  const { texts, has } = await readRegisteredOperations(
    await manifestOf(bodies.map((body) => ({ id: sha256(body), body }))),
  );
  expect([...texts]).toEqual(bodies.map((body) => [sha256(body), body]));
  expect([has(parse(QUERY)), has(parse('{ shows { id } }'))]).toEqual([true, false]);
});

test('the committed manifest is valid', async () => {
  const file = fileURLToPath(new URL('../../../schema/clients/manifest.json', import.meta.url));
  expect((await readRegisteredOperations(file)).texts.size).toBeGreaterThan(0);
});

test('an altered manifest and another file are rejected', async () => {
  const altered = await manifestOf([{ id: sha256(QUERY), body: `${QUERY} #` }]);
  await expect(readRegisteredOperations(altered)).rejects.toThrow(/does not match its body/);
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  await expect(readRegisteredOperations(file)).rejects.toThrow(/is not a persisted-query manifest/);
});

test('layout, order and added __typename fields do not change an operation', () => {
  const same = `# by a library
    fragment Title on Show { title __typename }
    query Shows { shows { id __typename ...Title } }`;
  expect(REGISTERED.has(parse(same))).toBe(true);
  expect(REGISTERED.has(parse(QUERY.replace('title', 'title earnings')))).toBe(false);
});

test('enforce: unregistered operations are rejected over HTTP and sockets, registered ones run', async () => {
  const { ask, client } = await startGateway({ registeredOperations: REGISTERED, settings: { safelist: 'enforce' } });
  expect((await ask(QUERY)).status).toBe(200);
  const { status, body } = await ask('{ shows { id } }');
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([403, 'OPERATION_NOT_REGISTERED']);
  const rejected = collect(client(), 'subscription { countdown(from: 1) }');
  await eventually(() =>
    expect(rejected.end?.error).toMatchObject([{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }]),
  );
});

test('log: unregistered operations run and are counted by client', async () => {
  const { ask, gateway } = await startGateway({ registeredOperations: REGISTERED, settings: { safelist: 'log' } });
  expect((await ask('{ shows { id } }', { headers: { 'apollographql-client-name': 'kiosk' } })).status).toBe(200);
  expect(await gateway.metrics.metrics()).toContain('unregistered_operations_total{client="kiosk"} 1');
});

test('the metric keeps the first hundred client names', async () => {
  const { ask, gateway } = await startGateway({
    registeredOperations: REGISTERED,
    settings: { safelist: 'log', rateLimits: false },
  });
  for (let n = 0; n < 103; n++)
    await ask('{ shows { id } }', { headers: { 'apollographql-client-name': `made-up-${n}` } });
  const body = await gateway.metrics.metrics();
  expect(body.match(/unregistered_operations_total\{/g)).toHaveLength(101);
  expect(body).toContain('unregistered_operations_total{client="other"} 3');
});

test('while Redis is down a query is persisted in this gateway only, without waiting', async () => {
  const redis = new Redis({ port: 1, retryStrategy: () => 20 });
  redis.on('error', () => {});
  onTestFinished(() => redis.disconnect());
  const options = { settings: DEFAULT_PERSISTED_QUERIES, now: Date.now, onNew: () => {} };
  const queries = persistedQueries({ redis, namespace: 'away', ...options });
  expect(await queries.get(sha256(QUERY))).toBeUndefined();
  queries.keep(sha256(QUERY), QUERY, '192.0.2.1');
  expect(await queries.get(sha256(QUERY))).toBe(QUERY);
});

test('a registered operation can be sent by hash from the start', async () => {
  const { url, client } = await startGateway({ registeredOperations: REGISTERED, settings: { safelist: 'enforce' } });
  const [text = ''] = REGISTERED.texts.values();
  expect(text).toBe(print(parse(QUERY)));
  expect((await post(url, { extensions: persisted(text) })).body.data).toBeDefined();
  const events: unknown[] = [];
  client().subscribe(
    { query: '', extensions: persisted(text) },
    { next: (event) => events.push(event), error: (error) => events.push(error), complete: () => {} },
  );
  await eventually(() => expect(events).toMatchObject([{ data: { shows: [{ id: 's1' }, { id: 's2' }] } }]));
});

test('automatic persisted queries are shared by all gateways and protocols', async () => {
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  onTestFinished(() => redis.disconnect());
  const shared = { cache: redis, namespace };
  const [one, two] = [await startGateway(shared), await startGateway(shared)];
  const unknown = await post(one.url, { extensions: persisted(QUERY) });
  expect(unknown.body.errors).toMatchObject([
    { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
  ]);
  expect((await post(one.url, { query: QUERY, extensions: persisted(QUERY) })).body.data).toBeDefined();
  await eventually(async () => {
    expect((await post(two.url, { extensions: persisted(QUERY) })).body.data).toBeDefined();
  });
  const overSocket: unknown[] = [];
  two
    .client()
    .subscribe(
      { query: '', extensions: persisted(QUERY) },
      { next: (event) => overSocket.push(event), error: () => {}, complete: () => {} },
    );
  await eventually(() => expect(overSocket).toMatchObject([{ data: { shows: [{}, {}] } }]));
  expect((await post(one.url, { query: '{ shows { id } }', extensions: persisted(QUERY) })).status).toBe(400);
});

function post(url: string, body: object) {
  return send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
