/** Counts what is being executed, to know when the last of it has ended. */
export class InFlight {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** The result ends what has begun; it is called once. */
  begin(): () => void {
    this.#count++;
    return () => this.#end();
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #end(): void {
    this.#count--;
    if (this.#count > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
