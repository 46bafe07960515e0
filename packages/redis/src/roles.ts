import type { Redis, RedisOptions } from 'ioredis';
import { withHeartbeat } from './heartbeat.ts';
import { COMMAND_TIMEOUT_MS, SETTINGS } from './settings.ts';

/**
 * A connection whose commands fail with it instead of being sent again, for the Redis behind the next one may have lost
 * what earlier commands wrote.
 *
 * @param redis the connection to copy
 */
export function commandConnection(redis: Redis): Redis {
  return withHeartbeat(copyOf(redis, { protocol: 2, maxRetriesPerRequest: 0, commandTimeout: COMMAND_TIMEOUT_MS }));
}

/**
 * A connection for blocking reads; a read fails when the connection does. Block for at most two seconds: a longer
 * silence closes it.
 *
 * @param redis the connection to copy
 */
export function readerConnection(redis: Redis): Redis {
  return copyOf(redis, { protocol: 2, maxRetriesPerRequest: 0, lazyConnect: true });
}

/**
 * A connection for pub/sub, which subscribes to its channels again after each reconnect. Subscribing waits for Redis,
 * however long it is away.
 *
 * @param redis the connection to copy
 * @param connectionName its name in Redis's list of clients
 */
export function subscriberConnection(redis: Redis, connectionName: string): Redis {
  return withHeartbeat(copyOf(redis, { connectionName, maxRetriesPerRequest: null }));
}

function copyOf(redis: Redis, overrides: RedisOptions): Redis {
  const copy = redis.duplicate({ ...SETTINGS, commandTimeout: undefined, lazyConnect: false, ...overrides });
  // The copied connection reports the same failures; without a listener ioredis prints each.
  return copy.on('error', () => undefined);
}
