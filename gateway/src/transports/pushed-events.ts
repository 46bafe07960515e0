/**
 * An async iterator of pushed events.
 *
 * Unlike that of an async generator, `return()` resolves while a `next()` is pending, so that an unsubscription does
 * not wait for another event.
 */
export class PushedEvents<T> implements AsyncGenerator<T, undefined> {
  readonly #onReturn: () => void;
  readonly #events: T[] = [];
  #waiting: { resolve(result: IteratorResult<T, undefined>): void; reject(error: unknown): void } | undefined;
  #end: { error?: unknown } | undefined;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  push(event: T): void {
    if (this.#end) return;
    if (!this.#waiting) {
      this.#events.push(event);
      return;
    }
    this.#waiting.resolve({ value: event, done: false });
    this.#waiting = undefined;
  }

  /** Ends the stream after the pushed events: normally, or with an error that `next()` throws. */
  finish(end: { error?: unknown } = {}): void {
    if (this.#end) return;
    this.#end = end;
    if (!this.#waiting) return;
    if ('error' in end) this.#waiting.reject(end.error);
    else this.#waiting.resolve({ value: undefined, done: true });
    this.#waiting = undefined;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const event = this.#events.shift();
    if (event !== undefined) return Promise.resolve({ value: event, done: false });
    const end = this.#end;
    if (end && 'error' in end) {
      this.#end = {};
      return Promise.reject(end.error);
    }
    if (end) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#events.length = 0;
    if (!this.#end) this.#onReturn();
    this.finish();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    void this.return();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
