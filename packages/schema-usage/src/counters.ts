import type { UsageCount } from './usage.ts';
import type { CoordinateSink } from './variable-uses.ts';

/** What is counted, without the number. */
export type Counted = Omit<UsageCount, 'count'>;

export class Counter {
  readonly counted: Counted;
  /** Not yet written. */
  pending = 0;
  /** The last request that was counted: each counts once, however often it names a coordinate. */
  request = 0;

  constructor(counted: Counted) {
    this.counted = counted;
  }
}

/** The counters that have something to write. */
export class PendingCounters {
  #counters: Counter[] = [];

  get size(): number {
    return this.#counters.length;
  }

  add(counter: Counter, amount: number): void {
    if (counter.pending === 0) this.#counters.push(counter);
    counter.pending += amount;
  }

  takeAll(): Counter[] {
    const counters = this.#counters;
    this.#counters = [];
    return counters;
  }
}

export interface OperationCounterOptions {
  readonly executions: Counted;
  readonly pending: PendingCounters;
  /** Takes the room of one counter more. @returns whether there is any. */
  readonly reserve: () => boolean;
  /** Takes the coordinates for which no counter may be kept. */
  readonly overflow: () => OperationCounter;
}

/** Executions of one operation by one version of a client, and the further coordinates that their variables named. */
export class OperationCounter implements CoordinateSink {
  readonly #options: OperationCounterOptions;
  readonly #executions: Counter;
  readonly #coordinates = new Map<string, Counter>();
  #request = 0;
  #weight = 1;

  constructor(options: OperationCounterOptions) {
    this.#options = options;
    this.#executions = new Counter(options.executions);
  }

  get isNew(): boolean {
    return this.#request === 0;
  }

  /** @param weight how many requests this one stands for. */
  begin(weight: number): void {
    this.#request++;
    this.#weight = weight;
    this.#options.pending.add(this.#executions, weight);
  }

  use(coordinate: string): void {
    const counter = this.#coordinates.get(coordinate) ?? this.#open(coordinate);
    if (counter === undefined) return this.#options.overflow().useApart(coordinate, this.#weight);
    if (counter.request === this.#request) return;
    counter.request = this.#request;
    this.#options.pending.add(counter, this.#weight);
  }

  /** Counts a coordinate of a request that is counted elsewhere. */
  useApart(coordinate: string, weight: number): void {
    const counter = this.#coordinates.get(coordinate) ?? this.#open(coordinate);
    if (counter !== undefined) this.#options.pending.add(counter, weight);
  }

  #open(coordinate: string): Counter | undefined {
    if (!this.#options.reserve()) return undefined;
    const counter = new Counter({ ...this.#options.executions, coordinate });
    this.#coordinates.set(coordinate, counter);
    return counter;
  }
}
