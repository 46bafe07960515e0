import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** The run's Redis and a prefix for keys and channels that nobody else uses. */
export interface TestRedis {
  url: string;
  namespace: string;
}

/** A part of the run's Redis of one's own. */
export function testRedis(): TestRedis {
  return { url: inject('redisUrl'), namespace: `test-${randomBytes(5).toString('hex')}` };
}
