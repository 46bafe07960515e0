import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { PersistedQueryBudget, type PersistedQuerySettings } from './persisted-query-budget.ts';
import { withRedisTimeout } from './redis-timeout.ts';

export interface PersistedQueriesOptions {
  /** A store that may evict, shared by all gateways; without it each gateway has its own. */
  readonly redis?: Redis | undefined;
  readonly namespace: string;
  /** Registered operations, by the SHA-256 of their text. */
  readonly registered?: ReadonlyMap<string, string> | undefined;
  readonly settings: PersistedQuerySettings;
  readonly now: () => number;
  /** Called with the outcome for each new text. */
  readonly onNew: (outcome: 'stored' | 'over-budget') => void;
}

/** Texts cached in memory, and their total length. */
const MAX_ENTRIES = 5_000;
const MAX_CHARACTERS = 8 << 20;

/** Time that a text stays in the store after its last use, seconds. */
const TTL_SECONDS = 7 * 86_400;

/** A text in use is stored again this often, ms. */
const RENEW_AFTER_MS = 3_600_000;

/** Query texts by SHA-256, which clients may then send instead. */
export interface PersistedQueries {
  /** From the memory of this process. */
  known(hash: string): string | undefined;
  /** From memory, then from the store. When that fails, clients send the text again. */
  get(hash: string): Promise<string | undefined>;
  /** Keeps the text of an operation that was accepted, if the budgets of its network and of all allow it. */
  keep(hash: string, query: string, network: string): void;
}

interface RecentText {
  readonly query: string;
  renewedAt: number;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function persistedQueries(options: PersistedQueriesOptions): PersistedQueries {
  const { redis, namespace, registered, settings, now, onNew } = options;
  const budget = new PersistedQueryBudget(settings, now);
  const recent = new LRUCache<string, RecentText>({
    max: MAX_ENTRIES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ query }, hash) => hash.length + query.length,
  });
  const redisKey = (hash: string) => `${namespace}:apq:${hash}`;
  const store = (hash: string, query: string): void => {
    if (!redis) return;
    withRedisTimeout(redis, () => redis.set(redisKey(hash), query, 'EX', TTL_SECONDS)).catch(() => null);
  };
  const remember = (hash: string, query: string): void => void recent.set(hash, { query, renewedAt: now() });

  const known = (hash: string): string | undefined => {
    const text = registered?.get(hash);
    if (text !== undefined) return text;
    const found = recent.get(hash);
    if (found === undefined) return undefined;
    if (now() - found.renewedAt > RENEW_AFTER_MS) {
      found.renewedAt = now();
      store(hash, found.query);
    }
    return found.query;
  };

  return {
    known,
    get: async (hash) => {
      const text = known(hash);
      if (text !== undefined || !redis || !/^[0-9a-f]{64}$/.test(hash)) return text;
      const read = () => redis.getex(redisKey(hash), 'EX', TTL_SECONDS);
      const shared = await withRedisTimeout(redis, read).catch(() => null);
      if (shared === null) return undefined;
      remember(hash, shared);
      return shared;
    },
    keep: (hash, query, network) => {
      if (known(hash) !== undefined || sha256(query) !== hash) return;
      const isAllowed = budget.take(query, network);
      onNew(isAllowed ? 'stored' : 'over-budget');
      if (!isAllowed) return;
      remember(hash, query);
      store(hash, query);
    },
  };
}
