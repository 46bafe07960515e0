interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchOptions<Item, Result> {
  /** Works on items together. @returns their results, in order */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly atMost: number;
  /** Items with one key are not worked on together. */
  readonly keyOf: (item: Item) => string;
}

/** Work that is done together by what comes while earlier work is under way: the busier, the cheaper is each. */
export class Batches<Item, Result> {
  readonly #options: BatchOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #isRunning = false;

  constructor(options: BatchOptions<Item, Result>) {
    this.#options = options;
  }

  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Requests of one tick are worked on together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#workOn(this.#next());
    this.#isRunning = false;
  }

  async #workOn(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.work(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  #next(): Waiting<Item, Result>[] {
    const { atMost, keyOf } = this.#options;
    const keys = new Set<string>();
    const [batch, later]: [Waiting<Item, Result>[], Waiting<Item, Result>[]] = [[], []];
    for (const waiting of this.#waiting) {
      const key = keyOf(waiting.item);
      (batch.length < atMost && !keys.has(key) ? batch : later).push(waiting);
      keys.add(key);
    }
    this.#waiting = later;
    return batch;
  }
}
