import { isCoded, rateLimited } from '@marquee/errors';

import type { AttemptLimit } from './attempt-limits.ts';
import type { Attempts } from './ports.ts';

/** Limits how often something can be guessed. */
export interface Throttle {
  /**
   * Makes an attempt, which fails by throwing. It is counted before it is made, so that concurrent ones cannot exceed a
   * limit; one that was `RATE_LIMITED` has not been made and is taken back.
   *
   * @param limits in one order everywhere: those of a network, of a network on an account, of an account
   * @throws {CodedError} RATE_LIMITED when a limit is exceeded
   */
  attempt<T>(limits: readonly AttemptLimit[], make: () => Promise<T>): Promise<T>;
}

/** A throttle over counted attempts. */
export class AttemptThrottle implements Throttle {
  readonly #attempts: Attempts;
  readonly #now: () => Date;

  constructor(attempts: Attempts, now: () => Date) {
    this.#attempts = attempts;
    this.#now = now;
  }

  async attempt<T>(limits: readonly AttemptLimit[], make: () => Promise<T>): Promise<T> {
    const at = this.#now();
    const allowedAt = await this.#attempts.count(limits, at);
    if (allowedAt !== null) throw rateLimited((allowedAt.getTime() - at.getTime()) / 1000);
    const result = await this.#made(limits, make);
    await this.#attempts.settle(limits);
    return result;
  }

  async #made<T>(limits: readonly AttemptLimit[], make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      if (isRateLimited(error)) await this.#attempts.withdraw(limits);
      throw error;
    }
  }
}

function isRateLimited(error: unknown): boolean {
  return isCoded(error) && error.extensions.code === 'RATE_LIMITED';
}

/** A throttle without limits, for load tests. */
export const unlimited: Throttle = { attempt: (_limits, make) => make() };
