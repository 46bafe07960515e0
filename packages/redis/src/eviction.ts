import type { Redis } from 'ioredis';

/** The purpose of a Redis: a `durable` one must never evict, a `cache` must evict before it is full. */
export type RedisRole = 'durable' | 'cache';

/**
 * The problem of a Redis's eviction policy, and what to set; undefined when it is right, or Redis does not say.
 *
 * A store that evicts loses events and revoked sessions as soon as anything fills it; a cache that does not evict fills its
 * machine.
 *
 * @throws when Redis cannot be asked
 */
async function evictionProblem(redis: Pick<Redis, 'info'>, role: RedisRole): Promise<string | undefined> {
  const info = await redis.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  const maxMemory = Number(/^maxmemory:(\d+)/m.exec(info)?.[1]);
  if (policy === undefined) return undefined;
  if (role === 'durable')
    return policy === 'noeviction' ? undefined : `Set its maxmemory-policy to noeviction; it is ${policy}.`;
  if (!policy.startsWith('allkeys-')) return `Set its maxmemory-policy to allkeys-lru; it is ${policy}.`;
  return maxMemory > 0 ? undefined : 'Set its maxmemory, such as to 64mb; it has none.';
}

interface EvictionCheck {
  readonly role: RedisRole;
  /** The variable that names the Redis. */
  readonly variable: string;
  /** Whether a wrong setting is an error. */
  readonly isRequired: boolean;
  readonly warn: (message: string) => void;
}

/** @throws when the eviction of a Redis that answers is wrong and required to be right */
export async function checkEviction(redis: Pick<Redis, 'info'>, check: EvictionCheck): Promise<void> {
  const { role, variable, isRequired, warn } = check;
  const problem = await evictionProblem(redis, role).catch(() => undefined);
  if (problem === undefined) return;
  const message = `The Redis at ${variable} is not set up for its job. ${problem}`;
  if (isRequired) throw new Error(message);
  warn(message);
}
