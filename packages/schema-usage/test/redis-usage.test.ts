import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { DamagedUsageError, redisUsage, UsageUnavailableError } from '../src/index.ts';
import { dayOf, usageKeys } from '../src/keys.ts';
import { daysBefore, HOLD, lines, OCTOBER, NOON, SEARCH, openHarness } from './harness.ts';

test('usage tells which operations of which versions used a coordinate, how often and when last', async () => {
  const { usage, write } = openHarness();
  await write({ count: 3 }, daysBefore(2));
  await write({ count: 4 }, daysBefore(1));
  await write({ version: '2.0', count: 5 });
  await write({ operation: HOLD, client: 'backoffice', count: 7 });
  const records = await usage.usageOf(['Movie.name', 'SeatHold.id', 'Movie.length'], OCTOBER);
  expect(lines(records)).toEqual([
    'Movie.name storefront 1.0 Search 7',
    'Movie.name storefront 2.0 Search 5',
    'SeatHold.id backoffice 1.0 Hold 7',
  ]);
  expect(records.find(({ count, client }) => count === 7 && client === 'storefront')).toMatchObject({
    operationHash: SEARCH.hash,
    lastSeen: daysBefore(1),
  });
});

test('a coordinate named in variables is counted, but not twice if the document names it too', async () => {
  const { usage, write } = openHarness();
  await write({ count: 10 });
  await write({ coordinate: 'Genre.DRAMA', count: 2 });
  await write({ coordinate: 'Movie.name', count: 2 });
  expect(lines(await usage.usageOf(['Genre.DRAMA', 'Movie.name'], OCTOBER))).toEqual([
    'Genre.DRAMA storefront 1.0 Search 2',
    'Movie.name storefront 1.0 Search 10',
  ]);
});

test('an operation whose coordinates change with the schema counts for both sets', async () => {
  const { usage, write } = openHarness();
  const before = { hash: 'a1.1', name: 'Search', coordinates: ['Query.search', 'Movie.name'] };
  await write({ operation: before, count: 3 }, daysBefore(1));
  await write({ operation: { ...before, hash: 'a1.2', coordinates: ['Query.search', 'Title.name'] }, count: 4 });
  const records = await usage.usageOf(['Query.search', 'Movie.name', 'Title.name'], OCTOBER);
  expect(lines(records)).toEqual([
    'Movie.name storefront 1.0 Search 3',
    'Query.search storefront 1.0 Search 7',
    'Title.name storefront 1.0 Search 4',
  ]);
  expect(new Set(records.map(({ operationHash }) => operationHash))).toEqual(new Set(['a1']));
});

test('uses before the window are excluded, to the second', async () => {
  const { usage, write } = openHarness();
  await write({ count: 3 });
  expect(lines(await usage.usageOf(['Movie.name'], NOON))).toHaveLength(1);
  expect(lines(await usage.usageOf(['Movie.name'], new Date(NOON.getTime() + 1)))).toEqual([]);
  expect((await usage.totals(new Date(NOON.getTime() + 1))).requests).toBe(0);
});

test('totals count requests by client, and tell since when usage is recorded', async () => {
  const { usage, write } = openHarness();
  await write({ count: 3 }, daysBefore(2));
  await write({ coordinate: 'Genre.DRAMA', count: 3 }, daysBefore(2));
  await write({ client: 'backoffice', operation: HOLD, count: 4 });
  const totals = await usage.totals(OCTOBER);
  expect(totals.requests).toBe(7);
  expect(Object.fromEntries(totals.byClient)).toEqual({ storefront: 3, backoffice: 4 });
  expect(totals.recordedSince).toEqual(new Date('2026-11-22'));
});

test('an empty store has no usage, which is not an error', async () => {
  const { usage } = openHarness();
  expect(await usage.usageOf(['Movie.name'], OCTOBER)).toEqual([]);
  expect(await usage.totals(OCTOBER)).toEqual({ requests: 0, byClient: new Map() });
});

test("a day's counts expire after the retention, and operations after them", async () => {
  const { redis, namespace, write, usage } = openHarness();
  const keys = usageKeys(namespace);
  await write({});
  const day = 86_400;
  const counts = await redis.ttl(keys.counts(dayOf(NOON)));
  expect(counts).toBeGreaterThan(30 * day);
  expect(counts).toBeLessThanOrEqual(31 * day);
  expect(await redis.ttl(keys.seen(dayOf(NOON)))).toBe(counts);
  expect(await redis.ttl(keys.operation(SEARCH.hash))).toBeGreaterThan(counts);
  await write({}, daysBefore(-40));
  expect(await redis.zrange(keys.days, '0', '-1')).toEqual([dayOf(daysBefore(-40))]);
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual(['Movie.name storefront 1.0 Search 1']);
});

test('an operation that the store has lost is written again with its next use', async () => {
  const { redis, namespace, write, usage } = openHarness();
  await write({});
  await redis.del(usageKeys(namespace).operation(SEARCH.hash));
  await write({});
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual(['Movie.name storefront 1.0 Search 2']);
});

const FIELD = '["storefront","1.0","a1"]';
const COUNTS = `schema-usage:${dayOf(NOON)}:counts`;
const SEEN = `schema-usage:${dayOf(NOON)}:seen`;
const damages: [what: string, record: string, command: (key: (name: string) => string) => [string, ...string[]]][] = [
  ['a count that is not a number', `${COUNTS} ${FIELD}`, (key) => ['hset', key(COUNTS), FIELD, 'many']],
  ['a negative count', `${COUNTS} ${FIELD}`, (key) => ['hset', key(COUNTS), FIELD, '-3']],
  ['a count without its time of last use', `${SEEN} ${FIELD}`, (key) => ['hdel', key(SEEN), FIELD]],
  ['counts of another type', COUNTS, (key) => ['set', key(COUNTS), 'text']],
  ['an operation that is missing', 'schema-usage:operation:a1', (key) => ['del', key('schema-usage:operation:a1')]],
  [
    'an operation that is not JSON',
    'schema-usage:operation:a1',
    (key) => ['set', key('schema-usage:operation:a1'), '{'],
  ],
  [
    'an operation that is null',
    'schema-usage:operation:a1',
    (key) => ['set', key('schema-usage:operation:a1'), 'null'],
  ],
  ['an invalid day', 'schema-usage:days today', (key) => ['zadd', key('schema-usage:days'), '1e15', 'today']],
];
for (const [what, record, command] of damages) {
  test(`the error names the damaged record: ${what}`, async () => {
    const { redis, namespace, write, usage } = openHarness();
    await write({});
    const [name, ...parameters] = command((key) => `${namespace}:${key}`);
    await redis.call(name, ...parameters);
    const failure: unknown = await usage.usageOf(['Movie.name'], OCTOBER).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DamagedUsageError);
    expect((failure as Error).message).toContain(`'${namespace}:${record}'`);
  });
}

test.each(['no json', '["storefront"]', '["a","b","c","d","e"]', '[1,"1.0","a1"]'])(
  'a counter named %s is named as damaged',
  async (field) => {
    const { redis, namespace, write, usage } = openHarness();
    await write({});
    const keys = usageKeys(namespace);
    await redis.hset(keys.counts(dayOf(NOON)), field, '1');
    await redis.hset(keys.seen(dayOf(NOON)), field, String(NOON.getTime()));
    await expect(usage.totals(OCTOBER)).rejects.toThrow(field);
  },
);

test('when Redis is unreachable, the error names it without its password', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const usage = redisUsage({ url: `redis://:secret@127.0.0.1:${port}` });
  const failure: unknown = await usage.totals(OCTOBER).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageUnavailableError);
  expect((failure as Error).message).toBe(
    `The usage store at redis://127.0.0.1:${port} cannot be read: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
  await usage.close();
});

test('a Redis that accepts connections but never answers fails within three seconds', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const began = Date.now();
  const usage = redisUsage({ url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` });
  await expect(usage.totals(OCTOBER)).rejects.toThrow(UsageUnavailableError);
  expect(Date.now() - began).toBeLessThan(3_000);
  await usage.close();
});

test('the error tells of a wrong password, and of a server that is not Redis', async () => {
  const { url } = openHarness();
  const wrong = redisUsage({ url: url.replace(/:[^:@]+@/, ':wrong@') });
  await expect(wrong.totals(OCTOBER)).rejects.toThrow(/WRONGPASS/);
  await wrong.close();
  await expect(redisUsage({ url: 'http://somewhere' }).totals(OCTOBER)).rejects.toThrow(UsageUnavailableError);
  await expect(redisUsage({ url: 'somewhere' }).totals(OCTOBER)).rejects.toThrow('not a redis:// URL');
});
