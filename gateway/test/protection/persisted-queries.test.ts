import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { persistedQueries, sha256 } from '../../src/protection/persisted-queries.ts';
import { rawSocket } from '../subscriptions/raw-socket.ts';
import { type GatewayUnderTest, send, startGateway } from '../server/gateway-under-test.ts';

const ATTACKER = { 'x-forwarded-for': '203.0.113.9' };
const OTHER = { 'x-forwarded-for': '198.51.100.7' };

function cacheStore() {
  const { url, namespace } = testRedis();
  const cache = new Redis(url);
  onTestFinished(() => void cache.disconnect());
  return { cache, namespace, keyOf: (query: string) => `${namespace}:apq:${sha256(query)}` };
}

function extensionsFor(query: string) {
  return { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
}

function post({ url }: GatewayUnderTest, body: object, headers: object = {}) {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Whether the gateway knows a document by its hash. */
async function knows(under: GatewayUnderTest, query: string): Promise<boolean> {
  const { text } = await post(under, { extensions: extensionsFor(query) });
  return !text.includes('PERSISTED_QUERY_NOT_FOUND');
}

const TRANSPORTS: Record<string, (under: GatewayUnderTest, query: string) => Promise<unknown>> = {
  POST: (under, query) => post(under, { query, extensions: extensionsFor(query) }),
  'a batch': (under, query) => post(under, [{ query, extensions: extensionsFor(query) }] as unknown as object),
  GET: ({ url }, query) => {
    const parameters = new URLSearchParams({ query, extensions: JSON.stringify(extensionsFor(query)) });
    return send(`${url}?${parameters}`, { headers: { accept: 'application/graphql-response+json' } });
  },
  'an event stream': (under, query) =>
    post(under, { query, extensions: extensionsFor(query) }, { accept: 'text/event-stream' }),
  'a response in parts': (under, query) =>
    post(under, { query, extensions: extensionsFor(query) }, { accept: 'multipart/mixed' }),
  'a socket': async (under, query) => {
    const socket = await rawSocket(under);
    socket.send({ type: 'subscribe', id: '1', payload: { query, extensions: extensionsFor(query) } });
    await eventually(() => expect(socket.messages.length).toBeGreaterThan(1));
  },
};

test.each(Object.entries(TRANSPORTS))('over %s only a document that was accepted is persisted', async (_name, ask) => {
  const { cache, namespace, keyOf } = cacheStore();
  const under = await startGateway({ cache, namespace, settings: { cost: { max: 1_000 } } });
  const refused = [
    '{ nothing { id } ... @defer { shows { id } } }',
    '{ shows { id ',
    '{ shows(first: 100000) { id title ... @defer { available } } }',
  ];
  for (const query of refused) {
    await ask(under, query);
    expect(await knows(under, query)).toBe(false);
  }
  const accepted = '{ shows { id ... @defer { title } } }';
  await ask(under, accepted);
  expect(await knows(under, accepted)).toBe(true);
  await eventually(async () => expect(await cache.keys(`${namespace}:*`)).toEqual([keyOf(accepted)]));
});

test('a network keeps as many new documents as its budget allows; its operations and other networks go on', async () => {
  const { cache, namespace } = cacheStore();
  const settings = { trustedProxies: 1, persistedQueries: { newPerMinutePerNetwork: 3, newPerMinute: 5 } };
  const under = await startGateway({ cache, namespace, settings });
  const known = async (name: string, from: object) => {
    const query = `{ ${name}: shows { id } }`;
    expect((await post(under, { query, extensions: extensionsFor(query) }, from)).body.data).toBeDefined();
    return knows(under, query);
  };
  const kept: boolean[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) kept.push(await known(name, ATTACKER));
  expect(kept).toEqual([true, true, true, false, false, false]);
  expect([await known('g', OTHER), await known('h', OTHER), await known('i', OTHER)]).toEqual([true, true, false]);
  expect(await known('a', ATTACKER)).toBe(true);
});

test('a long document counts as several', () => {
  const outcomes: string[] = [];
  const settings = { newPerMinutePerNetwork: 3, newPerMinute: 100 };
  const queries = persistedQueries({
    namespace: '',
    settings,
    now: () => 0,
    onNew: (outcome) => outcomes.push(outcome),
  });
  for (const name of ['x'.repeat(1_500), 'y'.repeat(1_500), 'z'.repeat(500)]) {
    const query = `{ ${name} }`;
    queries.keep(sha256(query), query, 'network');
  }
  expect(outcomes).toEqual(['stored', 'over-budget', 'stored']);
});

test('a document in use stays in the store, one that is not expires', async () => {
  const { cache, namespace, keyOf } = cacheStore();
  let now = Date.now();
  const options = {
    redis: cache,
    namespace,
    settings: { newPerMinutePerNetwork: 9, newPerMinute: 9 },
    onNew: () => {},
  };
  const [one, other] = [0, 0].map(() => persistedQueries({ ...options, now: () => now }));
  const query = '{ shows { id } }';
  const ttl = () => cache.ttl(keyOf(query));
  await cache.ping();
  one?.keep(sha256(query), query, 'network');
  await eventually(async () => expect(await ttl()).toBeGreaterThan(6 * 86_400));
  await cache.expire(keyOf(query), 60);
  expect(await other?.get(sha256(query))).toBe(query);
  expect(await ttl()).toBeGreaterThan(6 * 86_400);
  // Evicted, while a gateway still has it in memory.
  await cache.del(keyOf(query));
  now += 3_600_001;
  expect(one?.known(sha256(query))).toBe(query);
  await eventually(async () => expect(await ttl()).toBeGreaterThan(6 * 86_400));
});

test('a text is not kept under the hash of another', () => {
  const settings = { newPerMinutePerNetwork: 3, newPerMinute: 100 };
  const queries = persistedQueries({ namespace: '', settings, now: () => 0, onNew: () => {} });
  queries.keep(sha256('{ a }'), '{ b }', 'network');
  expect(queries.known(sha256('{ a }'))).toBeUndefined();
});
