import type { UsageCount } from './usage.ts';
import type { CoordinateSink } from './variable-uses.ts';

/** The subject of a counter. */
export type Counted = Omit<UsageCount, 'count'>;

export class Counter {
  readonly counted: Counted;
  /** The count that is not written yet. */
  pending = 0;
  /** The last request counted, so that a request that names a coordinate repeatedly counts once. */
  request = 0;

  constructor(counted: Counted) {
    this.counted = counted;
  }
}

/** The counters with counts to write. */
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
  /** Reserves room for one more counter. @returns false when the limit is reached */
  readonly reserve: () => boolean;
  /** The shared counter of coordinates beyond the limit. */
  readonly overflow: () => OperationCounter;
}

/** Counts executions of an operation by one version of a client, and the coordinates named in their variables. */
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

  /** @param weight the number of requests that this sampled one represents */
  begin(weight: number): void {
    this.#request++;
    this.#weight = weight;
    this.#options.pending.add(this.#executions, weight);
  }

  use(coordinate: string): void {
    const counter = this.#coordinates.get(coordinate) ?? this.#open(coordinate);
    if (counter === undefined) return this.#options.overflow().countCoordinate(coordinate, this.#weight);
    if (counter.request === this.#request) return;
    counter.request = this.#request;
    this.#options.pending.add(counter, this.#weight);
  }

  /** Counts a coordinate only; the request is counted elsewhere. */
  countCoordinate(coordinate: string, weight: number): void {
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
