import type { Redis } from 'ioredis';

const COMMAND_TIMEOUT_MS = 5_000;
const SILENT_SOCKET_MS = 10_000;

const retryStrategy = (times: number): number => Math.min(times * 50, 1_000);

/**
 * A connection whose commands fail with it, and within seconds while Redis is away: one sent again could reach a Redis
 * that has lost what was told before it.
 *
 * @param redis a connection to copy
 */
export function commandConnection(redis: Redis): Redis {
  return quiet(
    redis.duplicate({
      protocol: 2,
      lazyConnect: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy,
    }),
  );
}

/** A connection for blocking reads; a read fails when the connection does. @param redis a connection to copy */
export function readerConnection(redis: Redis): Redis {
  return quiet(
    redis.duplicate({
      protocol: 2,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      // A read answers every two seconds at least, so a silent socket is a dead one.
      socketTimeout: SILENT_SOCKET_MS,
      retryStrategy,
    }),
  );
}

/** Commands reject by themselves; without a listener the same failure would be printed for each reconnection. */
function quiet(redis: Redis): Redis {
  return redis.on('error', () => undefined);
}
