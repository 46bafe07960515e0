import { dedicatedRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { checkEviction, type RedisRole } from '../src/eviction.ts';
import { openRedisForRole } from '../src/index.ts';

const RIGHT: readonly (readonly [RedisRole, readonly string[]])[] = [
  ['durable', ['--maxmemory-policy', 'noeviction']],
  ['cache', ['--maxmemory-policy', 'allkeys-lru', '--maxmemory', '8mb']],
];
const WRONG: readonly (readonly [RedisRole, readonly string[], string])[] = [
  ['durable', ['--maxmemory-policy', 'allkeys-lru'], 'Set its maxmemory-policy to noeviction; it is allkeys-lru.'],
  ['cache', ['--maxmemory-policy', 'noeviction'], 'Set its maxmemory-policy to allkeys-lru; it is noeviction.'],
  ['cache', ['--maxmemory-policy', 'volatile-lru'], 'Set its maxmemory-policy to allkeys-lru; it is volatile-lru.'],
  ['cache', ['--maxmemory-policy', 'allkeys-lfu'], 'Set its maxmemory, such as to 64mb; it has none.'],
];

async function check(role: RedisRole, settings: readonly string[], isRequired: boolean): Promise<string[]> {
  const redis = new Redis((await dedicatedRedis(false, settings)).url);
  onTestFinished(() => void redis.disconnect());
  const warnings: string[] = [];
  await checkEviction(redis, { role, variable: 'REDIS_X', isRequired, warn: (message) => warnings.push(message) });
  return warnings;
}

test.each(RIGHT)('a %s Redis with %j is right', async (role, settings) => {
  expect(await check(role, settings, true)).toEqual([]);
});

test.each(WRONG)(
  'a %s Redis with %j is refused where that is required, else a warning',
  async (role, settings, told) => {
    const message = `The Redis at REDIS_X is not set up for its job. ${told}`;
    await expect(check(role, settings, true)).rejects.toThrow(message);
    expect(await check(role, settings, false)).toEqual([message]);
  },
);

test('a Redis that does not answer or does not say is not held against anybody', async () => {
  const options = { role: 'durable', variable: 'REDIS_X', isRequired: true, warn: () => {} } as const;
  const silent = checkEviction({ info: () => Promise.reject(new Error('no connection')) }, options);
  await expect(silent).resolves.toBeUndefined();
  await expect(checkEviction({ info: () => Promise.resolve('# Memory') }, options)).resolves.toBeUndefined();
});

test('the connection of a role is refused with the variable that names it, or opened with a warning', async () => {
  const { url } = await dedicatedRedis(false, ['--maxmemory-policy', 'allkeys-lru']);
  const warnings: string[] = [];
  const log = { warn: (_fields: unknown, message: string) => void warnings.push(message) };
  await expect(openRedisForRole('durable', url, { log, isRequired: true })).rejects.toThrow(
    'The Redis at REDIS_URL is',
  );
  const redis = await openRedisForRole('durable', url, { log, isRequired: false });
  onTestFinished(() => void redis.disconnect());
  expect([await redis.ping(), warnings]).toEqual(['PONG', [expect.stringContaining('noeviction')]]);
});
