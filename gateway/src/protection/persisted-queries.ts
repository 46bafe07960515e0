import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { askPromptly } from './prompt-redis.ts';

export interface PersistedQueriesOptions {
  /** Shares what clients register between gateways; without it each gateway learns for itself. */
  readonly redis?: Redis;
  readonly namespace: string;
  /** Documents that are known from the start, by the SHA-256 of their text. */
  readonly registered?: ReadonlyMap<string, string>;
  readonly maxEntries?: number;
  readonly ttlSeconds?: number;
}

/** Of the documents that are kept in memory. */
const MAX_CHARACTERS = 8 << 20;

/** Documents by their SHA-256: what Apollo Server takes as the cache of automatic persisted queries. */
export interface PersistedQueries {
  get(key: string): Promise<string | undefined>;
  set(key: string, query: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Memory first, then Redis. Redis failing means only that a client sends its text once more. */
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
  const redisKey = (hash: string) => `${namespace}:apq:${hash}`;

  return {
    get: async (hash) => {
      const known = registered.get(hash) ?? recent.get(hash);
      if (known !== undefined || !redis || !/^[0-9a-f]{64}$/.test(hash)) return known;
      const shared = await askPromptly(redis, () => redis.get(redisKey(hash))).catch(() => null);
      if (shared === null) return undefined;
      recent.set(hash, shared);
      return shared;
    },
    set: async (hash, query) => {
      if (registered.has(hash) || recent.get(hash) === query) return;
      recent.set(hash, query);
      if (!redis) return;
      await askPromptly(redis, () => redis.set(redisKey(hash), query, 'EX', ttlSeconds)).catch(() => null);
    },
    // Only asked for when a cache is inspected by hand; entries end by age.
    delete: async () => {},
  };
}
