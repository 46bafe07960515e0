import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

import { repeatAtRandom, type Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const AWAY_MS = 30_000;

export async function redisCommand(
  { redis: { url } }: World,
  ...[name, ...args]: [string, ...string[]]
): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null }).on('error', () => undefined);
  try {
    await redis.connect();
    await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
}

export const redisScenarios: readonly Scenario[] = [
  {
    name: 'redis-emptied',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => redisCommand(world, 'FLUSHALL'), { leastMs: 500, mostMs: 6_000 }),
  },
  {
    name: 'redis-killed',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => restartRedis(world), { leastMs: 3_000, mostMs: 8_000 }),
  },
  {
    name: 'redis-frozen',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => freezeRedis(world), { leastMs: 3_000, mostMs: 6_000 }),
  },
  {
    name: 'redis-away',
    inject: (world, signal) => repeatAtRandom(world, signal, () => beAway(world), { leastMs: 2_000, mostMs: 4_000 }),
  },
  {
    name: 'redis-half-open',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, async () => world.redisProxy.freeze(), { leastMs: 2_000, mostMs: 10_000 }),
  },
  {
    name: 'redis-pubsub-cut',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => redisCommand(world, 'CLIENT', 'KILL', 'TYPE', 'pubsub'), {
        leastMs: 500,
        mostMs: 4_000,
      }),
  },
];

/** Kills it, and starts it empty. */
export async function restartRedis({ redis, random }: World): Promise<void> {
  await redis.kill();
  await pause(random() * 3_000);
  await redis.start();
}

async function beAway({ redis }: World): Promise<void> {
  await redis.kill();
  await pause(AWAY_MS);
  await redis.start();
}

/** Longer than the time-out of a command, so that what timed out is carried out after all. */
export async function freezeRedis({ redis, random }: World): Promise<void> {
  redis.freeze();
  await pause(6_000 + random() * 6_000);
  redis.thaw();
}
