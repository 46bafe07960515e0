import type { Redis } from 'ioredis';
import type { Revocations, RevokedSession } from '../domain/revocation.ts';

/** The channel of ended sessions, below the namespace's pushes. */
export const SESSION_REVOKED = 'session-revoked';

/**
 * Revocations in Redis: a message to the processes that verify tokens now, and a sorted set (score: `until` in Unix
 * milliseconds) for those that start later.
 */
export class RedisRevocations implements Revocations {
  readonly #redis: Redis;
  readonly #namespace: string;
  readonly #now: () => Date;

  constructor(redis: Redis, namespace: string, now: () => Date) {
    this.#redis = redis;
    this.#namespace = namespace;
    this.#now = now;
  }

  async announce(sessions: readonly RevokedSession[]): Promise<void> {
    const key = `${this.#namespace}:revoked-sessions`;
    const transaction = this.#redis.multi().zremrangebyscore(key, '-inf', this.#now().getTime() - 1);
    for (const { sessionId, until } of sessions) {
      transaction.zadd(key, until.getTime(), sessionId);
      const message = JSON.stringify({ sessionId, until: until.toISOString() });
      transaction.publish(`${this.#namespace}:push:${SESSION_REVOKED}`, message);
    }
    const results = await transaction.exec();
    for (const [failure] of results ?? []) if (failure) throw failure;
  }
}
