import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** The run's Redis, and a unique prefix for keys and channels. */
export interface TestRedis {
  url: string;
  namespace: string;
}

/** A new namespace in the run's Redis. */
export function testRedis(): TestRedis {
  return { url: inject('redisUrl'), namespace: `test-${randomBytes(5).toString('hex')}` };
}
