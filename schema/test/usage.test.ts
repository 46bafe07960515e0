import { createServer } from 'node:net';
import { redisUsageWriter } from '@marquee/schema-usage';
import { testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { errorsOf, NOW, type RegistryCopy, registryCopy } from './registry-copy.ts';

const DAY = 86_400_000;

interface Recorded {
  readonly coordinate: string;
  readonly client?: string;
  readonly count: number;
  readonly daysAgo?: number;
}

/** A copy without Show.highDemand, which no registered operation selects, and a usage store. */
async function copyWithUsage(
  ...records: readonly Recorded[]
): Promise<RegistryCopy & { redis: Redis; prefix: string }> {
  const copy = await registryCopy();
  copy.subgraph('catalog', '  "Whether heavy demand is expected when sales open."\n  highDemand: Boolean!\n', '');
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const writer = redisUsageWriter({ redis, namespace });
  for (const [index, { coordinate, client = 'kiosk', count, daysAgo = 1 }] of records.entries()) {
    const operation = { hash: `hash${index}`.padEnd(32, '0'), name: 'Departures', coordinates: [coordinate] };
    await writer.write([{ operation, client, version: '4.2.0', count }], new Date(NOW.getTime() - daysAgo * DAY));
  }
  copy.env = { SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace };
  return Object.assign(copy, { redis, prefix: namespace });
}

const USED = { coordinate: 'Show.highDemand', count: 1204 };
const OTHER = { coordinate: 'Show.id', client: 'storefront', count: 98_796 };

test('a removed field in use fails, and the finding names client, version, operation and count', async () => {
  const checked = await (await copyWithUsage(USED, OTHER)).check();
  expect(checked.exitCode).toBe(6);
  expect(checked.summary).toContainEqual(expect.stringContaining('100,000 requests'));
  expect(errorsOf(checked)).toMatchObject([
    {
      coordinate: 'Show.highDemand',
      subgraph: 'catalog',
      message: expect.stringContaining('kiosk 4.2.0 Departures (1,204 calls)'),
      uses: [{ client: 'kiosk', version: '4.2.0', operation: 'Departures', count: 1204 }],
    },
  ]);
});

test('a removed field without use in the window passes', async () => {
  const checked = await (await copyWithUsage({ ...USED, daysAgo: 40 }, OTHER)).check();
  expect(checked).toMatchObject({ exitCode: 0 });
  expect(checked.findings).toContainEqual(
    expect.objectContaining({ severity: 'note', message: expect.stringContaining('Nothing used it within 30 days') }),
  );
});

test('a longer window includes older use', async () => {
  const copy = await copyWithUsage({ ...USED, daysAgo: 40 }, OTHER);
  copy.config('windowDays: 30', 'windowDays: 50');
  expect((await copy.check()).exitCode).toBe(6);
});

test('use by excluded clients only passes with a note', async () => {
  const copy = await copyWithUsage(USED, OTHER);
  copy.config('excludedClients: []', 'excludedClients: [kiosk]');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(0);
  expect(checked.findings).toContainEqual(
    expect.objectContaining({ coordinate: 'Show.highDemand', message: expect.stringContaining('kiosk 4.2.0') }),
  );
});

test.each([
  ['calls', '{ calls: 1204, percent: 0 }', '{ calls: 1203, percent: 0 }'],
  ['percent of all calls', '{ calls: 0, percent: 1.21 }', '{ calls: 0, percent: 1.2 }'],
])('use up to the threshold in %s passes, and above it fails', async (_what, passing, failing) => {
  const copy = await copyWithUsage(USED, OTHER);
  copy.config('{ calls: 0, percent: 0 }', passing);
  expect((await copy.check()).exitCode).toBe(0);
  copy.config(passing, failing);
  expect((await copy.check()).exitCode).toBe(6);
});

test('a removed enum value passes until usage shows that it is sent', async () => {
  const copy = await copyWithUsage(OTHER, { coordinate: 'ReportGroup.CITY', count: 3 });
  copy.subgraph('booking', '  "By venue, keyed by its id."\n  VENUE\n', '');
  expect((await copy.check()).exitCode).toBe(0);
  copy.subgraph('booking', '  "By city, keyed by its id."\n  CITY\n', '');
  const checked = await copy.check();
  expect(errorsOf(checked)).toMatchObject([{ coordinate: 'ReportGroup.CITY', uses: [{ client: 'kiosk', count: 3 }] }]);
});

test('a removed enum value fails where usage shows a field that returns it', async () => {
  const copy = await copyWithUsage(OTHER, { coordinate: 'Booking.status', count: 3 });
  copy.subgraph('booking', '  "The show is over."\n  COMPLETED\n', '');
  expect(errorsOf(await copy.check())).toMatchObject([
    { coordinate: 'BookingStatus.COMPLETED', uses: expect.arrayContaining([expect.objectContaining({ count: 3 })]) },
  ]);
});

test('a registered operation counts as a use even if it was never sent', async () => {
  const copy = await copyWithUsage(OTHER);
  copy.subgraph('catalog', '  startsAt: DateTime!\n', '  startsAt: DateTime\n');
  const checked = await copy.check();
  expect(errorsOf(checked)).toMatchObject([{ message: expect.stringContaining('SeatMap (registered)') }]);
});

test('without recorded usage, registered operations decide, or changes are rejected if so configured', async () => {
  const copy = await copyWithUsage();
  const judged = await copy.check();
  expect(judged.exitCode).toBe(0);
  expect(judged.summary.join(' ')).toContain('judged by registered operations only');
  copy.config('whenEmpty: operations', 'whenEmpty: refuse');
  const refused = await copy.check();
  expect(refused.exitCode).toBe(6);
  expect(errorsOf(refused)).toMatchObject([{ message: expect.stringContaining('every breaking change is refused') }]);
});

test('without a usage store, breaking changes are rejected if so configured', async () => {
  const copy = await copyWithUsage();
  copy.env = {};
  copy.config('whenNotConfigured: operations', 'whenNotConfigured: refuse');
  expect((await copy.check()).exitCode).toBe(6);
});

test('an unreachable usage store fails every check, or warns if so configured', async () => {
  const copy = await registryCopy();
  copy.env = { SCHEMA_USAGE_REDIS_URL: `redis://127.0.0.1:${await closedPort()}` };
  const failed = await copy.checkOnly();
  expect(failed.exitCode).toBe(9);
  expect(errorsOf(failed)).toMatchObject([
    { rule: 'usage/unreachable', message: expect.stringMatching(/usage store at redis:\/\/127.*ECONNREFUSED/) },
  ]);
  copy.config('whenUnreachable: fail', 'whenUnreachable: warn');
  const warned = await copy.checkOnly();
  expect(warned.exitCode).toBe(0);
  expect(warned.findings).toContainEqual(expect.objectContaining({ rule: 'usage/unreachable', severity: 'warning' }));
});

test('a damaged usage record always fails', async () => {
  const copy = await copyWithUsage(USED, OTHER);
  copy.config('whenUnreachable: fail', 'whenUnreachable: warn');
  const [key = ''] = await copy.redis.keys(`${copy.prefix}:schema-usage:*:counts`);
  const [field = ''] = await copy.redis.hkeys(key);
  await copy.redis.hset(key, field, 'many');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(9);
  expect(errorsOf(checked)).toMatchObject([{ rule: 'usage/damaged', message: expect.stringContaining(key) }]);
});

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
