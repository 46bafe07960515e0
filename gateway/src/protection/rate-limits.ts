import { rateLimited } from '@marquee/errors';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { OperationCheck } from './checks.ts';
import { type Counted, type CountedLater, memoryCounter, type RateCounter, redisCounter } from './rate-counter.ts';

/** How many operations may be asked for in a minute. */
export interface RateLimitSettings {
  /** By one signed-in person. */
  readonly perCaller: number;
  /** From one network address, whoever asks. */
  readonly perAddress: number;
}

export const DEFAULT_RATE_LIMITS: RateLimitSettings = { perCaller: 600, perAddress: 3_000 };

export interface RateLimitsOptions {
  readonly settings: RateLimitSettings;
  /** Shares the counts between gateways; without it each gateway counts for itself. */
  readonly redis?: Redis;
  readonly namespace: string;
  readonly now: () => number;
  readonly onLimited: (limit: LimitKind) => void;
  /** Redis did not answer in time, and the operation was let through. */
  readonly onFailure: (error: unknown) => void;
}

type LimitKind = 'caller' | 'address';

const WINDOW_MS = 60_000;

/** What is known of a window; this many are remembered. */
const REMEMBERED = 10_000;

/** Up to this part of a limit, operations are counted after they were let through… */
const FAR_FROM_LIMIT = 0.5;

/** …less what may be on its way to Redis and is not known here yet. */
const ON_THEIR_WAY = 50;

interface Window {
  /** What Redis said last, and what was counted here since: at most. */
  count: number;
  /** Epoch ms. */
  endsAt: number;
}

/**
 * Counts operations by caller and by address in windows of a minute.
 *
 * An operation waits for Redis only where the count may decide: a caller far below the limits is counted later, one above
 * a limit is refused at once. Several gateways together exceed a limit by at most what reaches them within 20 ms.
 *
 * Fails open: while Redis is away nobody is limited, and a metric says so.
 *
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export function rateLimits(options: RateLimitsOptions): OperationCheck {
  const { settings, now, onLimited, onFailure } = options;
  const windows = new LRUCache<string, Window>({ max: REMEMBERED });

  const learn = (key: string, { count, msLeft }: Counted): Window => {
    const endsAt = now() + msLeft;
    const known = windows.get(key);
    if (known && known.endsAt > now()) {
      known.count = Math.max(known.count, count);
      return known;
    }
    const window = { count, endsAt };
    windows.set(key, window);
    return window;
  };
  const counter = counterOf(options, {
    onCounted: learn,
    onLost: (error, operations) => {
      for (let operation = 0; operation < operations; operation++) onFailure(error);
    },
  });

  const refuse = (key: string, { endsAt }: Window): never => {
    onLimited(key.startsWith('caller:') ? 'caller' : 'address');
    throw rateLimited((endsAt - now()) / 1000, 'There were too many operations. Try again later.');
  };

  const countNow = async (keys: readonly string[]): Promise<void> => {
    let counted: readonly Counted[];
    try {
      counted = await counter.count(keys);
    } catch (error) {
      return onFailure(error);
    }
    for (const [index, key] of keys.entries()) {
      const { count } = counted[index] as Counted;
      const window = learn(key, counted[index] as Counted);
      if (count > limitOf(key, settings)) refuse(key, window);
    }
  };

  return (_operation, { identity: { caller }, client }) => {
    const address = `address:${client.address}`;
    const keys = caller.kind === 'user' ? [address, `caller:${caller.userId}`] : [address];
    let isFar = true;
    for (const key of keys) {
      const window = windows.get(key);
      const isKnown = window !== undefined && window.endsAt > now();
      const limit = limitOf(key, settings);
      if (isKnown && window.count > limit) refuse(key, window);
      isFar &&= isKnown && window.count < limit * FAR_FROM_LIMIT - ON_THEIR_WAY;
    }
    if (!isFar) return countNow(keys);
    for (const key of keys) (windows.get(key) as Window).count++;
    counter.countLater(keys);
    return undefined;
  };
}

function limitOf(key: string, { perAddress, perCaller }: RateLimitSettings): number {
  return key.startsWith('address:') ? perAddress : perCaller;
}

function counterOf({ redis, namespace }: RateLimitsOptions, later: CountedLater): RateCounter {
  if (!redis) return memoryCounter(WINDOW_MS, later);
  return redisCounter({ redis, prefix: `${namespace}:rate:`, windowMs: WINDOW_MS, later });
}
