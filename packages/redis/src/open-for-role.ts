import type { Redis } from 'ioredis';
import { checkEviction, type RedisRole } from './eviction.ts';
import { openRedis } from './open.ts';

export interface OpenForRoleOptions {
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** Whether a wrong eviction policy is an error, as in production. */
  readonly isRequired: boolean;
}

const ROLES: Readonly<Record<RedisRole, { readonly name: string; readonly variable: string }>> = {
  durable: { name: 'Redis', variable: 'REDIS_URL' },
  cache: { name: 'the cache in Redis', variable: 'REDIS_CACHE_URL' },
};

/**
 * A process's connection to the Redis of a role. Its failures are logged.
 *
 * @throws when its eviction policy does not suit the role, and has to
 */
export async function openRedisForRole(
  role: RedisRole,
  url: string,
  { log, isRequired }: OpenForRoleOptions,
): Promise<Redis> {
  const { name, variable } = ROLES[role];
  const redis = openRedis(url, { onError: (err) => log.warn({ err }, `the connection to ${name} failed`) });
  try {
    await checkEviction(redis, { role, variable, isRequired, warn: (message) => log.warn({}, message) });
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
