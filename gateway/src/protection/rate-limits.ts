import type { Redis } from 'ioredis';
import { LruCache } from '../executor/lru-cache.ts';
import type { PendingOperation } from './checks.ts';
import { refusal } from './errors.ts';
import { type Counted, memoryCounter, type RateCounter, redisCounter } from './rate-counter.ts';

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

/** Waiting longer for Redis would cost every request more than the limit is worth, ms. */
const PATIENCE_MS = 100;

/** Who is over a limit costs no round trip until the window ends; this many are remembered. */
const REMEMBERED = 10_000;

/**
 * Counts operations by caller and by address in windows of a minute.
 *
 * It fails open: when Redis is away, nobody is limited, and a metric says so.
 *
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export function rateLimits(options: RateLimitsOptions): (operation: PendingOperation) => Promise<void> {
  const { settings, now, onLimited, onFailure } = options;
  const counter = counterOf(options);
  const overUntil = new LruCache<string, number>(REMEMBERED);

  const refuse = (key: string, msLeft: number): never => {
    onLimited(key.startsWith('caller:') ? 'caller' : 'address');
    const retryAfterSeconds = Math.max(1, Math.ceil(msLeft / 1000));
    throw refusal('RATE_LIMITED', 'There were too many operations. Try again later.', { retryAfterSeconds });
  };

  return async ({ caller, client }) => {
    const address = `address:${client.address}`;
    const keys = caller.kind === 'user' ? [address, `caller:${caller.userId}`] : [address];
    for (const key of keys) {
      const msLeft = (overUntil.get(key) ?? 0) - now();
      if (msLeft > 0) refuse(key, msLeft);
    }
    let counted: readonly Counted[];
    try {
      counted = await counter.count(keys);
    } catch (error) {
      return onFailure(error);
    }
    for (const [index, key] of keys.entries()) {
      const { count, msLeft } = counted[index] as Counted;
      if (count <= (index === 0 ? settings.perAddress : settings.perCaller)) continue;
      overUntil.set(key, now() + msLeft);
      refuse(key, msLeft);
    }
  };
}

function counterOf({ redis, namespace }: RateLimitsOptions): RateCounter {
  if (!redis) return memoryCounter(WINDOW_MS);
  return redisCounter({ redis, prefix: `${namespace}:rate:`, windowMs: WINDOW_MS, patienceMs: PATIENCE_MS });
}
