/** Retries of a failed event: exponential backoff without jitter. */
export interface RetryPolicy {
  /** Attempts in all, after which the event becomes a dead letter. */
  readonly attempts: number;
  /** The delay after the first failure, in milliseconds; it doubles with each further failure. */
  readonly firstDelayMs: number;
  /** The longest delay, in milliseconds. */
  readonly maxDelayMs: number;
}

/** Ten attempts within about 80 seconds. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 10, firstDelayMs: 200, maxDelayMs: 30_000 };

/** The delay before the next attempt, in milliseconds. @param attempts attempts made so far */
export function retryDelayMs(policy: RetryPolicy, attempts: number): number {
  return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.max(0, attempts - 1));
}

/**
 * A handler could not run because something it needs, such as its database, is unreachable.
 *
 * It does not count as an attempt, so an outage produces no dead letters.
 */
export class HandlerUnavailableError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'HandlerUnavailableError';
  }
}
