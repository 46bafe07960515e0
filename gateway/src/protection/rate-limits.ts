import { rateLimited } from '@marquee/errors';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { OperationCheck } from './checks.ts';
import {
  type WindowCount,
  type DeferredCountListener,
  memoryCounter,
  type RateCounter,
  redisCounter,
} from './rate-counter.ts';

/** Maximum operations per minute. */
export interface RateLimitSettings {
  /** By one signed-in user. */
  readonly perCaller: number;
  /** From one network address, over all callers. */
  readonly perAddress: number;
}

export const DEFAULT_RATE_LIMITS: RateLimitSettings = { perCaller: 600, perAddress: 3_000 };

export interface RateLimitsOptions {
  readonly settings: RateLimitSettings;
  /** Shares counts between gateways; without it each gateway has its own. */
  readonly redis?: Redis;
  readonly namespace: string;
  readonly now: () => number;
  readonly onLimited: (limit: LimitKind) => void;
  /** Called when an operation is allowed because Redis failed. */
  readonly onFailure: (error: unknown) => void;
}

type LimitKind = 'caller' | 'address';

const WINDOW_MS = 60_000;

/** Windows cached in memory. */
const MAX_WINDOWS = 10_000;

/** Below this share of a limit, minus {@link IN_FLIGHT_MARGIN}, operations are counted later, in a batch. */
const DEFERRED_SHARE = 0.5;

/** Operations that other gateways may have counted but this one does not know yet. */
const IN_FLIGHT_MARGIN = 50;

interface Window {
  /** The latest count from Redis, plus operations since. */
  count: number;
  /** Epoch ms. */
  endsAt: number;
}

/**
 * Limits operations by caller and by address, in windows of a minute.
 *
 * An operation waits for Redis only near a limit. Far below it, the operation is counted later; above it, the operation
 * is rejected immediately. Several gateways together exceed a limit at most by the operations of 20 ms.
 *
 * Fails open: without Redis there are no limits, and a metric shows it.
 *
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export function rateLimits(options: RateLimitsOptions): OperationCheck {
  const { settings, now, onLimited, onFailure } = options;
  const windows = new LRUCache<string, Window>({ max: MAX_WINDOWS });

  const update = (key: string, { count, msLeft }: WindowCount): Window => {
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
    onCounted: update,
    onLost: (error, operations) => {
      for (let operation = 0; operation < operations; operation++) onFailure(error);
    },
  });

  const reject = (key: string, { endsAt }: Window): never => {
    onLimited(key.startsWith('caller:') ? 'caller' : 'address');
    throw rateLimited((endsAt - now()) / 1000, 'You have sent too many operations. Try again later.');
  };

  const countNow = async (keys: readonly string[]): Promise<void> => {
    let counted: readonly WindowCount[];
    try {
      counted = await counter.count(keys);
    } catch (error) {
      return onFailure(error);
    }
    for (const [index, key] of keys.entries()) {
      const { count } = counted[index] as WindowCount;
      const window = update(key, counted[index] as WindowCount);
      if (count > limitOf(key, settings)) reject(key, window);
    }
  };

  return (_operation, { identity: { caller }, client }) => {
    const address = `address:${client.network}`;
    const keys = caller.kind === 'user' ? [address, `caller:${caller.userId}`] : [address];
    let canDefer = true;
    for (const key of keys) {
      const window = windows.get(key);
      const isKnown = window !== undefined && window.endsAt > now();
      const limit = limitOf(key, settings);
      if (isKnown && window.count > limit) reject(key, window);
      canDefer &&= isKnown && window.count < limit * DEFERRED_SHARE - IN_FLIGHT_MARGIN;
    }
    if (!canDefer) return countNow(keys);
    for (const key of keys) (windows.get(key) as Window).count++;
    counter.countDeferred(keys);
    return undefined;
  };
}

function limitOf(key: string, { perAddress, perCaller }: RateLimitSettings): number {
  return key.startsWith('address:') ? perAddress : perCaller;
}

function counterOf({ redis, namespace }: RateLimitsOptions, later: DeferredCountListener): RateCounter {
  if (!redis) return memoryCounter(WINDOW_MS, later);
  return redisCounter({ redis, prefix: `${namespace}:rate:`, windowMs: WINDOW_MS, later });
}
