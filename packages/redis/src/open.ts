import { Redis } from 'ioredis';
import { withHeartbeat } from './heartbeat.ts';
import { COMMAND_TIMEOUT_MS, CONNECT_TIMEOUT_MS, SETTINGS } from './settings.ts';

export interface OpenRedisOptions {
  /** Called when the connection fails; it is retried. Commands that fail reject as well. */
  readonly onError: (error: Error) => void;
  /** The name in Redis's list of clients. */
  readonly name?: string;
}

/**
 * A process's connection to Redis, for commands.
 *
 * A command fails after five seconds without an answer. A connection that is silent is replaced, so that what depends
 * on it recovers by itself.
 */
export function openRedis(url: string, { onError, name }: OpenRedisOptions): Redis {
  const named = name === undefined ? {} : { connectionName: name };
  const redis = new Redis(url, { ...SETTINGS, ...named, commandTimeout: COMMAND_TIMEOUT_MS });
  return withHeartbeat(redis.on('error', onError));
}

export interface ConnectOnceOptions {
  readonly connectTimeoutMs?: number;
  readonly commandTimeoutMs?: number;
}

/**
 * A connection for a program that runs once: nothing is retried.
 *
 * @throws the connection's error, also when Redis accepts it and does not answer
 */
export async function connectOnce(
  url: string,
  { connectTimeoutMs = CONNECT_TIMEOUT_MS, commandTimeoutMs = COMMAND_TIMEOUT_MS }: ConnectOnceOptions = {},
): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    socketTimeout: connectTimeoutMs,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
  });
  let cause: unknown;
  redis.on('error', (error) => void (cause ??= error));
  try {
    await redis.connect();
    redis.options.socketTimeout = commandTimeoutMs;
    return redis;
  } catch (error) {
    redis.disconnect();
    throw cause ?? error;
  }
}
