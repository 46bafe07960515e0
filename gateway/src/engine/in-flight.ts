/** Counts executions, to wait for the last one. */
export class InFlight {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** @returns a function that ends the execution; call it once */
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
