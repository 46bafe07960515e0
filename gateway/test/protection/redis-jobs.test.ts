import { randomUUID } from 'node:crypto';
import { type EventLog, eventCatalogue, MAX_RECEIPTS, ownWords, pushChannel, redisStreamsLog } from '@marquee/events';
import { revokedSessionsKey, SESSION_REVOKED } from '@marquee/identity';
import { redisUsageWriter } from '@marquee/schema-usage';
import { dedicatedRedis, eventually } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { persistedQueries, sha256 } from '../../src/protection/persisted-queries.ts';
import { redisCounter } from '../../src/protection/rate-counter.ts';
import { startGateway } from '../server/gateway-under-test.ts';

const NAMESPACE = 'jobs';
const MEGABYTE = 1 << 20;
const DOMAINS = ['accounts', 'booking', 'payments'];
const catalogue = eventCatalogue({ shop: { 'shop.sold': z.object({ filling: ownWords }) } });

async function redisWith(...settings: readonly string[]): Promise<Redis> {
  const redis = new Redis((await dedicatedRedis(false, settings)).url);
  onTestFinished(() => void redis.disconnect());
  await redis.ping();
  return redis;
}

const durable = (maxMemory: number) => redisWith('--maxmemory', `${maxMemory}`, '--maxmemory-policy', 'noeviction');

let lastEvent = 0;

function publication(filling: string) {
  const id = `evt_${++lastEvent}`;
  const event = { id, type: 'shop.sold', key: 'k', payload: { filling }, occurredAt: '2026-11-29T12:00:00Z' };
  return { event: event as never, pushes: [] };
}

function logOn(redis: Redis, maxEntries?: number): EventLog {
  const log = redisStreamsLog({
    redis,
    catalogue,
    namespace: NAMESPACE,
    ...(maxEntries !== undefined && { maxEntries }),
  });
  onTestFinished(() => log.close());
  return log;
}

function counterOn(redis: Redis) {
  const later = { onCounted: () => {}, onLost: () => {} };
  return redisCounter({ redis, prefix: `${NAMESPACE}:rate:`, windowMs: 60_000, later });
}

function usageOf(index: number) {
  const operation = { hash: sha256(`${index >> 6}`), name: 'Q', text: 'query Q { shows { id } }', coordinates: [] };
  return { operation, client: 'attacker', version: `${index}`, coordinate: 'Query.shows', count: 1 };
}

/** Each job of the Redis that never evicts, filled to its bound or tried to be filled beyond it. */
const JOBS: Record<string, (redis: Redis) => Promise<void>> = {
  'the streams of events': async (redis) => {
    const log = logOn(redis, 5_000);
    for (let page = 0; page < 200; page++) {
      await log.append(
        'shop',
        Array.from({ length: 200 }, () => publication('x'.repeat(1_000))),
        [],
      );
      await redis.del(`${NAMESPACE}:appended:shop`);
    }
    expect(await redis.xlen(`${NAMESPACE}:events:shop`)).toBeLessThan(5_200);
  },
  'receipts that nobody takes': async (redis) => {
    const push = "for i = 1, ARGV[2] do redis.call('RPUSH', KEYS[1], ARGV[1]) end";
    const receipt = JSON.stringify(['notifications', randomUUID(), 'settled']);
    for (const domain of DOMAINS) await redis.eval(push, 1, `${NAMESPACE}:receipts:${domain}`, receipt, MAX_RECEIPTS);
  },
  'the counters of rate limits, of as many networks as a gateway can answer in a minute': async (redis) => {
    const count = "for i = 1, 10000 do redis.call('SET', KEYS[1] .. i .. '::/64', 1, 'PX', 60000) end";
    for (let page = 0; page < 18; page++) await redis.eval(count, 1, `${NAMESPACE}:rate:network:2001:db8:${page}:`);
  },
  'the schema usage of a day': async (redis) => {
    const writer = redisUsageWriter({ redis, namespace: NAMESPACE });
    for (let page = 0; page < 100; page++) {
      await writer.write(Array.from({ length: 500 }, (_, index) => usageOf(page * 500 + index)) as never, new Date());
    }
  },
  'revoked sessions, of as many as can end while a token is valid': async (redis) => {
    for (let page = 0; page < 60; page++) {
      const members = Array.from({ length: 1_000 }, (_, index) => [
        Date.now() + 600_000,
        `ses_${page}_${index}`,
      ]).flat();
      await redis.zadd(revokedSessionsKey(NAMESPACE), ...members);
    }
  },
};

/** Events flow, a revocation is known, limits count, usage is recorded. */
async function othersGoOn(redis: Redis): Promise<void> {
  await logOn(redis).append('other', [publication('here')], []);
  expect(await redis.xlen(`${NAMESPACE}:events:other`)).toBeGreaterThan(0);
  expect(await counterOn(redis).count(['caller:bystander'], 1)).toMatchObject([{ count: 1 }]);
  await redisUsageWriter({ redis, namespace: NAMESPACE }).write([usageOf(1_000_000)] as never, new Date());
  const under = await startGateway({ redis, namespace: NAMESPACE });
  const authorization = await under.keys.sign({ sessionId: 'ses_bystander' });
  const ask = async () => (await under.ask('{ secret }', { headers: { authorization } })).body;
  expect((await ask()).data).toMatchObject({ secret: expect.any(String) });
  const until = Date.now() + 60_000;
  await redis
    .multi()
    .zadd(revokedSessionsKey(NAMESPACE), until, 'ses_bystander')
    .publish(pushChannel(NAMESPACE, SESSION_REVOKED), JSON.stringify({ sessionId: 'ses_bystander', until }))
    .exec();
  await eventually(async () => expect((await ask()).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED'));
}

test.each(Object.entries(JOBS))('%s leave room for the other jobs of the durable Redis', async (_name, fill) => {
  const redis = await durable(64 * MEGABYTE);
  await fill(redis);
  await expect(othersGoOn(redis)).resolves.toBeUndefined();
});

test('a job without a bound would leave no room', async () => {
  const redis = await durable(8 * MEGABYTE);
  const fill = async (text: string) => {
    for (let index = 0; ; index++) await redis.rpush('unbounded', ...Array.from({ length: 100 }, () => text));
  };
  for (const size of [1_000, 10, 1]) await expect(fill('x'.repeat(size))).rejects.toThrow('OOM');
  await expect(othersGoOn(redis)).rejects.toThrow('OOM');
});

test('persisted queries evict each other in a store of their own; neither limits nor revocations are lost', async () => {
  const redis = await durable(16 * MEGABYTE);
  const cache = await redisWith('--maxmemory', `${4 * MEGABYTE}`, '--maxmemory-policy', 'allkeys-lru');
  const counter = counterOn(redis);
  await counter.count(['network:attacker'], 41);
  const settings = { newPerMinutePerNetwork: 1_000_000, newPerMinute: 1_000_000 };
  const queries = persistedQueries({ redis: cache, namespace: NAMESPACE, settings, now: Date.now, onNew: () => {} });
  for (let page = 0; page < 50; page++) {
    for (let index = 0; index < 100; index++) {
      const query = `{ a${page}b${index}: ${'x'.repeat(4_000)} }`;
      queries.keep(sha256(query), query, 'attacker');
    }
    await cache.ping();
  }
  // Redis evicts before a command, whose own reply may then take a little more than the maximum.
  expect(Number(/^used_memory:(\d+)/m.exec(await cache.info('memory'))?.[1])).toBeLessThan(5 * MEGABYTE);
  expect(Number(/^evicted_keys:(\d+)/m.exec(await cache.info('stats'))?.[1])).toBeGreaterThan(3_000);
  expect(await redis.keys(`${NAMESPACE}:apq:*`)).toEqual([]);
  expect(await counter.count(['network:attacker'], 1)).toMatchObject([{ count: 42 }]);
  await othersGoOn(redis);
});
