import { eventually, dedicatedRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { redisUsage, redisUsageWriter, type UsedOperation } from '../src/index.ts';
import { dayOf, usageKeys } from '../src/keys.ts';
import { daysBefore, HOLD, lines, OCTOBER, NOON, recorder, SEARCH, openHarness } from './harness.ts';

const operation = (hash: string): UsedOperation => ({ hash, name: `Op${hash}`, coordinates: ['Query.a', 'Query.b'] });

test('each execution is counted by client, version and operation', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record();
  for (let times = 0; times < 3; times++) counted.count(SEARCH, 'storefront', '1.0');
  counted.count(SEARCH, 'storefront', '2.0');
  counted.count(HOLD);
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name', 'SeatHold.id'], OCTOBER))).toEqual([
    'Movie.name storefront 1.0 Search 3',
    'Movie.name storefront 2.0 Search 1',
    'SeatHold.id unnamed unversioned Hold 1',
  ]);
});

test('the counts of two gateways add up', async () => {
  const { recorder: record, usage } = openHarness();
  const gateways = [record(), record()];
  for (const gateway of gateways) for (let times = 0; times < 50; times++) gateway.count(SEARCH, 'storefront', '1.0');
  await Promise.all(gateways.map((gateway) => gateway.flush()));
  gateways[0]?.count(SEARCH, 'storefront', '1.0');
  await Promise.all(gateways.map((gateway) => gateway.flush()));
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual(['Movie.name storefront 1.0 Search 101']);
});

test('a sample is scaled up, and always includes the first execution of a day', async () => {
  const { recorder: record, usage } = openHarness();
  let drawn = 0;
  // Every fourth is drawn, which is what a sample of a quarter means.
  const counted = record({ sample: 0.25 }, { random: () => (drawn++ % 4) / 4 });
  counted.count(HOLD, 'storefront', '1.0');
  for (let times = 0; times < 401; times++) counted.count(SEARCH, 'storefront', '1.0')?.use('Genre.DRAMA');
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name', 'SeatHold.id', 'Genre.DRAMA'], OCTOBER))).toEqual([
    'Genre.DRAMA storefront 1.0 Search 401',
    'Movie.name storefront 1.0 Search 401',
    'SeatHold.id storefront 1.0 Hold 1',
  ]);
});

test('rounded sample counts are right on average', async () => {
  const { recorder: record, usage } = openHarness();
  const draws = [0, 0.9, 0, 0.1];
  const counted = record({ sample: 0.4 }, { random: () => draws.shift() ?? 0 });
  // 1 + 2.5 is written as 4 when 0.9 is drawn, the next 2.5 as 2 when 0.1 is.
  for (let times = 0; times < 2; times++) counted.count(SEARCH, 'storefront', '1.0');
  await counted.flush();
  counted.count(SEARCH, 'storefront', '1.0');
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual(['Movie.name storefront 1.0 Search 6']);
});

test.each([0, -1, 1.5, Number.NaN])('a sample of %d is refused', (sample) => {
  const { recorder: record } = openHarness();
  expect(() => record({ sample })).toThrow('sample');
});

test('a request counts once for a coordinate that its variables name repeatedly', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record();
  for (let requests = 0; requests < 2; requests++) {
    const request = counted.count(SEARCH, 'storefront', '1.0');
    for (let times = 0; times < 5; times++) request?.use('Genre.DRAMA');
  }
  await counted.flush();
  expect(lines(await usage.usageOf(['Genre.DRAMA'], OCTOBER))).toEqual(['Genre.DRAMA storefront 1.0 Search 2']);
});

test('clients beyond the limit are counted as other, known clients by name', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record({ maxClients: 3, knownClients: ['storefront'] });
  for (let client = 0; client < 20; client++) counted.count(SEARCH, `client-${client}`, '1.0');
  counted.count(SEARCH, 'storefront', '1.0');
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual([
    'Movie.name client-0 1.0 Search 1',
    'Movie.name client-1 1.0 Search 1',
    'Movie.name client-2 1.0 Search 1',
    'Movie.name other other other 17',
    'Movie.name storefront 1.0 Search 1',
  ]);
  expect((await usage.totals(OCTOBER)).requests).toBe(21);
  expect(counted.others()).toBe(17);
});

test('versions beyond the limit are counted as other, by client', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record({ maxVersions: 2 });
  for (let version = 0; version < 9; version++) counted.count(SEARCH, 'storefront', `1.${version}`);
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual([
    'Movie.name storefront 1.0 Search 1',
    'Movie.name storefront 1.1 Search 1',
    'Movie.name storefront other other 7',
  ]);
});

test('operations beyond the limit are counted as other, with all their coordinates', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record({ maxOperations: 1 });
  for (let hash = 0; hash < 5; hash++) counted.count(operation(`${hash}`), 'storefront', '1.0');
  await counted.flush();
  expect(lines(await usage.usageOf(['Query.a', 'Query.b'], OCTOBER))).toEqual([
    'Query.a storefront 1.0 Op0 1',
    'Query.a storefront 1.0 other 4',
    'Query.b storefront 1.0 Op0 1',
    'Query.b storefront 1.0 other 4',
  ]);
});

test('the number of counters is bounded, whatever clients send', async () => {
  const { recorder: record, usage, redis, namespace } = openHarness();
  const counted = record({ maxCounters: 10 });
  for (let times = 0; times < 1_000; times++) {
    counted.count(operation(`${times}`), `client-${times}`, `${times}`)?.use(`Genre.G${times % 3}`);
  }
  await counted.flush();
  // Ten, and besides them, once: all requests, two fields and three enum values.
  expect(await redis.hlen(usageKeys(namespace).counts(dayOf(NOON)))).toBeLessThanOrEqual(10 + 1 + 2 + 3);
  const sum = async (coordinate: string) =>
    (await usage.usageOf([coordinate], OCTOBER)).reduce((total, { count }) => total + count, 0);
  expect(await sum('Query.a')).toBe(1_000);
  expect((await sum('Genre.G0')) + (await sum('Genre.G1')) + (await sum('Genre.G2'))).toBe(1_000);
});

test.each(['\u001b[2Jstorefront', 'store\nfront', 'ein Läden', 'x'.repeat(65), ''])(
  'a client that calls itself %j is another one',
  async (name) => {
    const { recorder: record, usage } = openHarness();
    const counted = record();
    counted.count(SEARCH, name, '1.0');
    await counted.flush();
    expect([...(await usage.totals(OCTOBER)).byClient.keys()]).toEqual(['other']);
  },
);

test('each day tracks its own names and has its own counts', async () => {
  const { recorder: record, usage } = openHarness();
  let now = daysBefore(1).getTime();
  const counted = record({ maxClients: 1 }, { now: () => now });
  counted.count(SEARCH, 'yesterday', '1.0');
  await counted.flush();
  now = NOON.getTime();
  await counted.flush();
  counted.count(SEARCH, 'today', '1.0');
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual([
    'Movie.name today 1.0 Search 1',
    'Movie.name yesterday 1.0 Search 1',
  ]);
  expect(lines(await usage.usageOf(['Movie.name'], new Date('2026-11-24')))).toEqual(['Movie.name today 1.0 Search 1']);
});

test('a Redis outage loses no counts and writes none twice', async () => {
  const redis = await dedicatedRedis(true);
  const connection = new Redis(redis.url).on('error', () => undefined);
  const usage = redisUsage({ url: redis.url });
  onTestFinished(async () => {
    await usage.close();
    connection.disconnect();
  });
  const counted = recorder(redisUsageWriter({ redis: connection }), {}, {});
  counted.count(SEARCH, 'storefront', '1.0');
  await counted.flush();
  await redis.kill();
  await eventually(() => expect(connection.status).toBe('reconnecting'));
  counted.count(SEARCH, 'storefront', '1.0');
  await counted.flush();
  counted.count(SEARCH, 'storefront', '1.0');
  expect(counted.failures).toHaveLength(1);
  await redis.start();
  await eventually(() => expect(connection.status).toBe('ready'));
  await counted.flush();
  expect(lines(await usage.usageOf(['Movie.name'], OCTOBER))).toEqual(['Movie.name storefront 1.0 Search 3']);
});

test('a stop writes the remaining counts', async () => {
  const { recorder: record, usage } = openHarness();
  const counted = record();
  counted.count(SEARCH, 'storefront', '1.0');
  expect(await counted.stop()).toBe(0);
  expect((await usage.totals(OCTOBER)).requests).toBe(1);
});

test('a stop does not wait for a Redis that never answers, and reports the lost counts', async () => {
  const silent = recorder({ write: () => new Promise(() => {}) }, {}, {});
  silent.count(SEARCH, 'storefront', '1.0');
  void silent.flush();
  silent.count(HOLD, 'storefront', '1.0');
  const began = Date.now();
  expect(await silent.stop()).toBe(2);
  expect(Date.now() - began).toBeLessThan(3_000);
});
