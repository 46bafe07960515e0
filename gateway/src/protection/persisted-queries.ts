import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { withRedisTimeout } from './redis-timeout.ts';

export interface PersistedQueriesOptions {
  /** Shares persisted queries between gateways; without it each gateway has its own. */
  readonly redis?: Redis;
  readonly namespace: string;
  /** Registered operations, by the SHA-256 of their text. */
  readonly registered?: ReadonlyMap<string, string>;
  readonly maxEntries?: number;
  readonly ttlSeconds?: number;
}

/** Total length of the texts cached in memory. */
const MAX_CHARACTERS = 8 << 20;

/** Query texts by SHA-256. Also Apollo Server's cache of automatic persisted queries. */
export interface PersistedQueries {
  /** From the memory of this process. */
  known(key: string): string | undefined;
  get(key: string): Promise<string | undefined>;
  set(key: string, query: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Looks in memory, then in Redis. When Redis fails, clients send the text again. */
export function persistedQueries({
  redis,
  namespace,
  registered = new Map(),
  maxEntries = 5_000,
  ttlSeconds = 7 * 86_400,
}: PersistedQueriesOptions): PersistedQueries {
  const recent = new LRUCache<string, string>({
    max: maxEntries,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (query, hash) => hash.length + query.length,
  });
  const known = (hash: string) => registered.get(hash) ?? recent.get(hash);
  const redisKey = (hash: string) => `${namespace}:apq:${hash}`;

  return {
    known,
    get: async (hash) => {
      const text = known(hash);
      if (text !== undefined || !redis || !/^[0-9a-f]{64}$/.test(hash)) return text;
      const shared = await withRedisTimeout(redis, () => redis.get(redisKey(hash))).catch(() => null);
      if (shared === null) return undefined;
      recent.set(hash, shared);
      return shared;
    },
    set: async (hash, query) => {
      if (registered.has(hash) || recent.get(hash) === query) return;
      recent.set(hash, query);
      if (!redis) return;
      await withRedisTimeout(redis, () => redis.set(redisKey(hash), query, 'EX', ttlSeconds)).catch(() => null);
    },
    // Apollo Server's interface requires it but never calls it; entries expire.
    delete: async () => {},
  };
}
