import type { Redis } from 'ioredis';

const PING_EVERY_MS = 3_000;

/** Pings Redis while connected, so that an idle connection that forwards nothing is noticed within eight seconds. */
export function withHeartbeat(redis: Redis): Redis {
  let timer: NodeJS.Timeout | undefined;
  const ping = (): void => void redis.ping().catch(() => undefined);
  redis.on('ready', () => {
    clearInterval(timer);
    timer = setInterval(ping, PING_EVERY_MS).unref();
  });
  redis.on('close', () => clearInterval(timer));
  return redis;
}
