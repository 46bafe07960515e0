/** How often and how soon an event whose handler fails is tried again. */
export interface RetryPolicy {
  /** Attempts before the event becomes a dead letter, the first one included. */
  readonly attempts: number;
  /** The pause after the first failure, in milliseconds; it doubles with each further one. */
  readonly firstDelayMs: number;
  /** The longest pause, in milliseconds. */
  readonly maxDelayMs: number;
}

/** Ten attempts within about 80 seconds. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 10, firstDelayMs: 200, maxDelayMs: 30_000 };

/** The pause before the next attempt, in milliseconds. @param attempts how many were made */
export function retryDelayMs(policy: RetryPolicy, attempts: number): number {
  return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.max(0, attempts - 1));
}

/**
 * A handler could not run since something it needs is out of reach, such as its database: no fault of the event.
 *
 * It does not count as an attempt, so that an outage makes no dead letters.
 */
export class HandlerUnavailableError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'HandlerUnavailableError';
  }
}
