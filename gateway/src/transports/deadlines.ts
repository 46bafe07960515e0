/** Accuracy of deadlines, ms. */
const SWEEP_EVERY_MS = 50;

/** A call with a deadline. */
export interface Expiring {
  /** Epoch ms. */
  readonly deadline: number;
  /** Called once, after the deadline. */
  expire(): void;
}

/**
 * Watches the deadlines of all calls in flight with one timer, because a timer per call would cost more than the rest
 * of a small fetch. A deadline is noticed at most 50 ms late.
 */
export class Deadlines {
  readonly #watched = new Set<Expiring>();
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  watch(call: Expiring): void {
    this.#watched.add(call);
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
  }

  unwatch(call: Expiring): void {
    this.#watched.delete(call);
  }

  /** Stops the timer; pending calls no longer expire. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watched.clear();
  }

  #sweep(): void {
    if (this.#watched.size === 0) return this.stop();
    const now = this.#now();
    for (const call of this.#watched) {
      if (call.deadline > now) continue;
      this.#watched.delete(call);
      call.expire();
    }
  }
}
