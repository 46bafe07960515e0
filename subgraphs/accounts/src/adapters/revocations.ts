import { pushChannel } from '@marquee/events';
import { revokedSessionsKey, SESSION_REVOKED } from '@marquee/identity';
import type { Redis } from 'ioredis';

import type { AnnounceRevocations } from '../domain/revocation.ts';

/**
 * Announces revocations in Redis: by a message to the processes that verify tokens now, and in a sorted set for those
 * that start later.
 */
export function revocationAnnouncer(redis: Redis, namespace: string, now: () => Date): AnnounceRevocations {
  const key = revokedSessionsKey(namespace);
  const channel = pushChannel(namespace, SESSION_REVOKED);
  return async (sessions) => {
    const transaction = redis.multi().zremrangebyscore(key, '-inf', now().getTime() - 1);
    for (const { sessionId, until } of sessions) {
      transaction.zadd(key, until.getTime(), sessionId);
      transaction.publish(channel, JSON.stringify({ sessionId, until: until.toISOString() }));
    }
    const results = await transaction.exec();
    for (const [failure] of results ?? []) if (failure) throw failure;
  };
}
