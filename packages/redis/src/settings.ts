import type { RedisOptions } from 'ioredis';

/**
 * The longest time that Redis may leave a command without an answer before the connection is closed; a blocking read
 * must block for less.
 *
 * TCP notices a silent peer only after minutes, and a proxy or the kernel of a stopped process answers its probes.
 */
const SILENT_MS = 5_000;
const MAX_RETRY_MS = 1_000;

export const CONNECT_TIMEOUT_MS = 5_000;
export const COMMAND_TIMEOUT_MS = 5_000;

/** Settings of every connection. */
export const SETTINGS = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENT_MS,
  retryStrategy: (times: number): number => Math.min(times * 50, MAX_RETRY_MS),
} satisfies RedisOptions;
