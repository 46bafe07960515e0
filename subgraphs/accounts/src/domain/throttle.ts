import { rateLimited } from '@marquee/errors';

import type { AttemptLimit } from './attempt-limits.ts';
import type { Attempts } from './ports.ts';

const WINDOW_MS = 15 * 60_000;

/** Limits how often something can be guessed. */
export interface Throttle {
  /**
   * Counts an attempt before it is made, so that concurrent attempts cannot exceed the limit.
   *
   * @throws {CodedError} RATE_LIMITED when a limit is exceeded
   */
  attempt(limits: readonly AttemptLimit[]): Promise<void>;
  succeeded(limits: readonly AttemptLimit[]): Promise<void>;
}

/** A throttle over fixed windows of 15 minutes. */
export class WindowThrottle implements Throttle {
  readonly #attempts: Attempts;
  readonly #now: () => Date;

  constructor(attempts: Attempts, now: () => Date) {
    this.#attempts = attempts;
    this.#now = now;
  }

  async attempt(limits: readonly AttemptLimit[]): Promise<void> {
    const at = this.#now().getTime();
    const subjects = limits.map(({ subject }) => subject);
    const counts = await this.#attempts.count(subjects, new Date(at), new Date(at + WINDOW_MS));
    const waits = counts.map(({ subject, attempts, endsAt }) => {
      const max = limits.find((limit) => limit.subject === subject)?.max ?? 0;
      return attempts > max ? endsAt.getTime() - at : 0;
    });
    const wait = Math.max(0, ...waits);
    if (wait > 0) throw rateLimited(wait / 1000);
  }

  async succeeded(limits: readonly AttemptLimit[]): Promise<void> {
    const subjectsWhere = (cleared: boolean): string[] =>
      limits.filter(({ clearedBySuccess }) => clearedBySuccess === cleared).map(({ subject }) => subject);
    await this.#attempts.reduce(subjectsWhere(true), subjectsWhere(false));
  }
}

/** A throttle without limits, for load tests. */
export const unlimited: Throttle = { attempt: async () => {}, succeeded: async () => {} };
