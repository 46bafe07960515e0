import { Redis } from 'ioredis';
import { testRedis } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type DomainEvent, redisStreamsLog } from '../src/index.ts';
import { execute } from '../src/redis-streams/pipeline.ts';
import { MAX_RECEIPTS, pushReceipts } from '../src/redis-streams/post.ts';
import { catalogue, newEvent } from './sample-events.ts';

function sample(key: string): DomainEvent {
  const { id, type, payload } = newEvent('sample.sold-out', key, { showId: 'shw_1', soldOut: true });
  return { id, type, key, payload, occurredAt: '2026-11-29T12:00:00Z' };
}

function redisOfTest() {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => void redis.disconnect());
  return { redis, namespace };
}

test('a stream has a bounded number of entries, the latest ones', async () => {
  const { redis, namespace } = redisOfTest();
  const log = redisStreamsLog({ redis, catalogue, namespace, maxEntries: 1_000 });
  onTestFinished(() => log.close());
  const events = Array.from({ length: 5_000 }, (_, index) => sample(`key ${index}`));
  const domain = 'sample';
  for (let start = 0; start < events.length; start += 500) {
    await log.append(
      domain,
      events.slice(start, start + 500).map((event) => ({ event, pushes: [] })),
    );
  }
  const stream = `${namespace}:events:${domain}`;
  expect(await redis.xlen(stream)).toBeGreaterThanOrEqual(1_000);
  expect(await redis.xlen(stream)).toBeLessThan(1_200);
  expect(String((await redis.xrevrange(stream, '+', '-', 'COUNT', 1))[0]?.[1])).toContain('key 4999');
});

test('receipts that nobody takes are bounded; the oldest are dropped', async () => {
  const { redis, namespace } = redisOfTest();
  const key = `${namespace}:receipts:shop`;
  await redis.eval("for i = 1, ARGV[1] do redis.call('RPUSH', KEYS[1], i) end", 1, key, MAX_RECEIPTS);
  const latest = { consumer: 'catalog', eventId: 'latest', state: 'settled' } as const;
  await execute(pushReceipts(redis.pipeline(), key, [latest]));
  expect([await redis.llen(key), await redis.lindex(key, 0), await redis.lindex(key, -1)]).toEqual([
    MAX_RECEIPTS,
    '2',
    JSON.stringify(['catalog', 'latest', 'settled']),
  ]);
});
