import type { Redis } from 'ioredis';
import type { Revocations } from './domain/end-session.ts';

/** The channel on which each ended session is told, below the namespace's pushes. */
export const SESSION_REVOKED = 'session-revoked';

/**
 * Announces ended sessions on Redis: a sorted set for gateways that start later (score: until when, Unix milliseconds)
 * and a message for those that are running.
 */
export function redisRevocations(redis: Redis, namespace: string, now: () => Date): Revocations {
  const key = `${namespace}:revoked-sessions`;
  return {
    announce: async (sessions) => {
      const transaction = redis.multi().zremrangebyscore(key, '-inf', now().getTime() - 1);
      for (const { sessionId, until } of sessions) {
        transaction.zadd(key, until.getTime(), sessionId);
        const message = JSON.stringify({ sessionId, until: until.toISOString() });
        transaction.publish(`${namespace}:push:${SESSION_REVOKED}`, message);
      }
      const results = await transaction.exec();
      for (const [failure] of results ?? []) if (failure) throw failure;
    },
  };
}
