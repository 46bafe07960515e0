import type { Redis } from 'ioredis';

/** Longer than this, a request does not wait for Redis, ms. */
const TIMEOUT_MS = 100;

/** Runs a Redis command. @throws when Redis is not connected or does not answer in time */
export async function withRedisTimeout<T>(redis: Redis, command: () => Promise<T>): Promise<T> {
  if (redis.status !== 'ready') throw new Error('There is no connection to Redis');
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis did not answer in time')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([command(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
