export interface FairQueueOptions {
  /** Jobs that run at once. */
  readonly workers: number;
  /** Jobs of one source that run at once; as many as workers by default. */
  readonly maxRunningPerSource?: number;
  /** Jobs that wait, of all sources. */
  readonly maxWaiting: number;
  /** Jobs that wait of one source. */
  readonly maxWaitingPerSource: number;
  /** The error of a job that does not fit in. */
  readonly refusal: () => Error;
  readonly onRefused?: (() => void) | undefined;
}

interface Job {
  readonly start: () => void;
  readonly refuse: () => void;
}

/**
 * A bounded queue that is fair between sources, such as networks: they take turns, and when the queue is full, the
 * source with most jobs gives one up for a source with fewer.
 */
export class FairQueue {
  readonly #options: FairQueueOptions;
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Job[]>();
  #running = 0;
  /** Running jobs by source. */
  readonly #busy = new Map<string, number>();
  readonly #onIdle: (() => void)[] = [];

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, jobs) => sum + jobs.length, 0);
  }

  /** @throws the {@link FairQueueOptions.refusal} when the job does not fit in, or gives way to another source's */
  run<T>(source: string, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = {
        start: () => void this.#work(source, work).then(resolve, reject),
        refuse: () => {
          this.#options.onRefused?.();
          reject(this.#options.refusal());
        },
      };
      if (this.#makesRoom(source)) this.#add(source, job);
      else job.refuse();
      this.#next();
    });
  }

  /** Resolves once nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  async #work<T>(source: string, work: () => Promise<T>): Promise<T> {
    this.#occupy(source, 1);
    try {
      return await work();
    } finally {
      this.#occupy(source, -1);
      this.#next();
      if (this.#running === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    }
  }

  #occupy(source: string, change: 1 | -1): void {
    this.#running += change;
    const busy = (this.#busy.get(source) ?? 0) + change;
    if (busy === 0) this.#busy.delete(source);
    else this.#busy.set(source, busy);
  }

  #add(source: string, job: Job): void {
    const jobs = this.#waiting.get(source);
    if (jobs === undefined) this.#waiting.set(source, [job]);
    else jobs.push(job);
  }

  #makesRoom(source: string): boolean {
    const own = this.#waiting.get(source)?.length ?? 0;
    if (own >= this.#options.maxWaitingPerSource) return false;
    if (this.waiting < this.#options.maxWaiting) return true;
    const [longest, jobs = []] = [...this.#waiting].reduce((a, b) => (b[1].length > a[1].length ? b : a));
    if (jobs.length <= own + 1) return false;
    jobs.pop()?.refuse();
    if (jobs.length === 0) this.#waiting.delete(longest);
    return true;
  }

  #next(): void {
    if (this.#running >= this.#options.workers) return;
    const source = this.#nextSource();
    if (source === undefined) return;
    const jobs = this.#waiting.get(source) ?? [];
    const job = jobs.shift();
    this.#waiting.delete(source);
    if (jobs.length > 0) this.#waiting.set(source, jobs);
    job?.start();
  }
  /** Passes over sources that are busy enough, of which there are no more than workers. */
  #nextSource(): string | undefined {
    const { maxRunningPerSource = Infinity } = this.#options;
    for (const source of this.#waiting.keys()) {
      if ((this.#busy.get(source) ?? 0) < maxRunningPerSource) return source;
    }
    return undefined;
  }
}
