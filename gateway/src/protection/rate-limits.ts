import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { PendingOperation } from './checks.ts';
import { refusal } from './errors.ts';

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
  readonly onLimited: (limit: 'caller' | 'address') => void;
  /** Redis did not answer in time, and the operation was let through. */
  readonly onFailure: (error: unknown) => void;
}

const WINDOW_SECONDS = 60;

/** Waiting longer for Redis would cost every request more than the limit is worth, ms. */
const PATIENCE_MS = 100;

interface Limiter {
  consume(key: string): Promise<RateLimiterRes>;
}

/**
 * Counts operations by caller and by address in windows of a minute.
 *
 * It fails open: when Redis is away, nobody is limited, and a metric says so.
 *
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export function rateLimits(options: RateLimitsOptions): (operation: PendingOperation) => Promise<void> {
  const { settings } = options;
  const byCaller = limiter('caller', settings.perCaller, options);
  const byAddress = limiter('address', settings.perAddress, options);

  const consume = async (kind: 'caller' | 'address', counted: Limiter, key: string): Promise<void> => {
    try {
      await inTime(counted.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) return options.onFailure(error);
      options.onLimited(kind);
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw refusal('RATE_LIMITED', 'There were too many operations. Try again later.', { retryAfterSeconds });
    }
  };

  return async ({ caller, client }) => {
    const address = consume('address', byAddress, client.address);
    if (caller.kind === 'user') await Promise.all([address, consume('caller', byCaller, caller.userId)]);
    else await address;
  };
}

function limiter(kind: string, points: number, { redis, namespace }: RateLimitsOptions): Limiter {
  const keyPrefix = `${namespace}:rate:${kind}`;
  const limits = { points, duration: WINDOW_SECONDS, keyPrefix };
  if (!redis) return new RateLimiterMemory(limits);
  return new RateLimiterRedis({
    ...limits,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    // Who is over the limit costs no further round trip.
    inMemoryBlockOnConsumed: points + 1,
  });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis did not answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
