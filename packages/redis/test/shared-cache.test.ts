import { dedicatedRedis, freezableProxy, testRedis } from '@marquee/testkit';
import type { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';

import { openRedis, SharedCache, type SharedCacheOptions } from '../src/index.ts';

const MANY = 1_000;

interface Answer {
  readonly load: number;
}

function connectionTo(url: string): Redis {
  const redis = openRedis(url, { onError: () => undefined });
  onTestFinished(() => redis.disconnect());
  return redis;
}

const shared = testRedis();

async function connected(url = shared.url): Promise<Redis> {
  const redis = connectionTo(url);
  await redis.ping();
  return redis;
}

function cacheIn(redis: Redis | undefined, prefix = testRedis().namespace, change: Partial<SharedCacheOptions> = {}) {
  return new SharedCache<Answer>({ redis, prefix, freshMs: 60_000, keepMs: 60_000, inMemory: 10, ...change });
}

/** A load that others can overtake. */
function countedLoads() {
  let loads = 0;
  return vi.fn<() => Promise<Answer>>(async () => {
    loads += 1;
    const load = loads;
    await new Promise(setImmediate);
    return { load };
  });
}

/** The loads that a thousand callers of two processes cause. */
async function loadsOfCrowd(redisOf: () => Promise<Redis | undefined>): Promise<number> {
  const prefix = testRedis().namespace;
  const caches = [cacheIn(await redisOf(), prefix), cacheIn(await redisOf(), prefix)];
  const load = countedLoads();
  const calls = Array.from({ length: MANY }, (_, call) => caches[call % 2]?.read('key', '1', load));
  expect(new Set((await Promise.all(calls)).map((answer) => typeof answer?.load))).toEqual(new Set(['number']));
  return load.mock.calls.length;
}

test('a thousand callers of two processes cause one load', async () => {
  expect(await loadsOfCrowd(connected)).toBe(1);
});

test('without what they share, each of the two processes loads: the control', async () => {
  expect(await loadsOfCrowd(async () => undefined)).toBe(2);
});

test('an entry of another version is not answered, by any process', async () => {
  const prefix = testRedis().namespace;
  const [one, other] = [cacheIn(await connected(), prefix), cacheIn(await connected(), prefix)];
  const load = countedLoads();
  expect(await one.read('key', '1', load)).toEqual({ load: 1 });
  expect(await other.read('key', '1', load)).toEqual({ load: 1 });
  expect(await other.read('key', '2', load)).toEqual({ load: 2 });
  expect(await one.read('key', '2', load)).toEqual({ load: 2 });
});

test('an entry that is not fresh is answered while somebody else loads the next', async () => {
  const prefix = testRedis().namespace;
  const cache = cacheIn(await connected(), prefix, { freshMs: 0 });
  const load = countedLoads();
  await cache.read('key', '1', load);
  await (await connected()).set(`${prefix}:claim:key:1`, '1');
  expect(await cache.read('key', '1', load)).toEqual({ load: 1 });
});

test('the last entry is answered when a load fails, or nobody knows the version; without one, the failure', async () => {
  const cache = cacheIn(await connected(), undefined, { freshMs: 0 });
  const fails = () => Promise.reject<Answer>(new Error('the database is away'));
  await expect(cache.read('key', '1', fails)).rejects.toThrow('the database is away');
  await cache.read('key', '1', countedLoads());
  expect(await cache.read('key', '2', fails)).toEqual({ load: 1 });
  expect(await cache.read('key', null, fails)).toEqual({ load: 1 });
});

test.each(['is killed', 'falls silent'])('a reader does not wait for a Redis that %s', async (how) => {
  const server = await dedicatedRedis(false);
  const proxy = await freezableProxy(server.url);
  const cache = cacheIn(await connected(proxy.url), undefined, { inMemory: 0 });
  const load = countedLoads();
  await cache.read('key', '1', load);
  expect(await cache.read('key', '1', load)).toEqual({ load: 1 });
  if (how === 'is killed') await server.kill();
  else proxy.freeze();
  expect(await cache.read('key', '1', load)).toEqual({ load: 2 });
});
