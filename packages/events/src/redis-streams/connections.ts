import type { Redis } from 'ioredis';

const COMMAND_TIMEOUT_MS = 5_000;
const SILENT_SOCKET_MS = 10_000;

const retryStrategy = (times: number): number => Math.min(times * 50, 1_000);

/**
 * A connection for commands. Commands fail with the connection instead of being sent again, for the Redis behind the
 * next one may have lost earlier events; while Redis is down they fail within seconds.
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
      // A blocking read answers at least every two seconds, so a silent socket is dead.
      socketTimeout: SILENT_SOCKET_MS,
      retryStrategy,
    }),
  );
}

/** Silences connection errors: commands reject anyway, and without a listener ioredis prints each failed reconnect. */
function quiet(redis: Redis): Redis {
  return redis.on('error', () => undefined);
}
