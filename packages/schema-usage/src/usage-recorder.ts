import { setTimeout as pause } from 'node:timers/promises';
import { type Counter, type OperationCounter, PendingCounters } from './counters.ts';
import { DayTally, type TallyLimits } from './day-tally.ts';
import { dayOf } from './keys.ts';
import type { UsageCount, UsageWriter, UsedOperation } from './usage.ts';
import type { CoordinateSink } from './variable-uses.ts';

export interface RecordingSettings extends Omit<TallyLimits, 'knownClients'> {
  /**
   * The part of executions that is recorded, in (0, 1]; counts are scaled up. The first execution a day of an operation
   * by a client's version is always recorded, so that what is rare is seen too.
   */
  readonly sample: number;
  /** How often counts are written, ms. */
  readonly flushMs: number;
}

export const DEFAULT_RECORDING: RecordingSettings = {
  sample: 1,
  flushMs: 10_000,
  maxClients: 100,
  maxVersions: 50,
  maxOperations: 1_000,
  maxCounters: 50_000,
};

export interface UsageRecorderOptions {
  readonly writer: UsageWriter;
  readonly settings: RecordingSettings;
  /** Clients that always count under their own name; none when not given. */
  readonly knownClients?: readonly string[];
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Counts could not be written; they are kept for the next time. */
  readonly onFailure: (error: unknown) => void;
  /** An execution was counted under `other`. */
  readonly onOther: () => void;
}

/** Commands in one transaction: more would hold up what else the process does. */
const CHUNK = 500;

/** How long a stop waits for the store, ms. */
const LAST_FLUSH_MS = 2_000;

/**
 * Counts executions in memory and adds them to the store every few seconds.
 *
 * While the store is away, counts wait, in as much room as there are counters. They go only when the process ends.
 */
export class UsageRecorder {
  readonly #options: UsageRecorderOptions;
  readonly #pending = new PendingCounters();
  readonly #timer: NodeJS.Timeout;
  readonly #weight: number;
  #tally: DayTally;
  #day: string;
  #isStored = true;
  #unwritten = 0;
  #flushing: Promise<void> | undefined;

  /** @throws when the settings make no sense. */
  constructor(options: UsageRecorderOptions) {
    const { settings } = options;
    if (!(settings.sample > 0 && settings.sample <= 1)) throw new Error('The sample of usage must be in (0, 1].');
    this.#options = options;
    this.#weight = 1 / settings.sample;
    this.#tally = this.#newTally();
    this.#day = dayOf(new Date(options.now()));
    this.#timer = setInterval(() => void this.flush(), settings.flushMs).unref();
  }

  /**
   * Counts one execution.
   *
   * @returns where the coordinates go that its variables name, to be told at once; nothing when this execution is not
   * in the sample.
   */
  count(operation: UsedOperation, client = 'unnamed', version = 'unversioned'): CoordinateSink | undefined {
    const counter = this.#tally.counterOf(operation, client, version);
    if (counter !== undefined) return this.#begin(counter);
    this.#options.onOther();
    const other = this.#begin(this.#tally.other(client, version));
    if (other !== undefined) for (const coordinate of operation.coordinates) other.use(coordinate);
    return other;
  }

  /** Writes what was counted. Never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Writes what is left, if the store answers within two seconds. @returns how many counters were lost. */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    // What is being written does not hold what was counted since.
    const written = (this.#flushing ?? Promise.resolve()).then(() => this.flush());
    const timeUp = new AbortController();
    await Promise.race([written, pause(LAST_FLUSH_MS, undefined, { signal: timeUp.signal }).catch(() => {})]);
    timeUp.abort();
    return this.#pending.size + this.#unwritten;
  }

  #begin(counter: OperationCounter): OperationCounter | undefined {
    const { settings, random } = this.#options;
    if (counter.isNew || settings.sample === 1) counter.begin(1);
    else if (random() < settings.sample) counter.begin(this.#weight);
    else return undefined;
    return counter;
  }

  async #flush(): Promise<void> {
    const { writer, now, onFailure } = this.#options;
    const at = new Date(now());
    this.#turnDay(dayOf(at));
    const counters = this.#pending.takeAll();
    this.#isStored = true;
    this.#unwritten = counters.length;
    for (let start = 0; start < counters.length; start += CHUNK) {
      const chunk = counters.slice(start, start + CHUNK);
      const counts = chunk.map((counter) => this.#take(counter));
      try {
        await writer.write(counts, at);
        this.#unwritten -= chunk.length;
      } catch (error) {
        this.#isStored = false;
        this.#unwritten = 0;
        for (const [index, counter] of chunk.entries()) this.#pending.add(counter, counts[index]?.count ?? 0);
        this.#putBack(counters.slice(start + CHUNK));
        return onFailure(error);
      }
    }
  }

  /** Forgets the names of the day before; not while its counts wait, which bounds what is kept. */
  #turnDay(day: string): void {
    if (day === this.#day || !this.#isStored) return;
    this.#day = day;
    this.#tally = this.#newTally();
  }

  #newTally(): DayTally {
    const { settings, knownClients = [] } = this.#options;
    return new DayTally({ ...settings, knownClients }, this.#pending);
  }

  /** Counters hold whole numbers: fractions, which sampling makes, are rounded so that they are right on average. */
  #take(counter: Counter): UsageCount {
    const count = Math.floor(counter.pending + this.#options.random());
    counter.pending = 0;
    return { ...counter.counted, count };
  }

  #putBack(counters: readonly Counter[]): void {
    for (const counter of counters) {
      const amount = counter.pending;
      counter.pending = 0;
      this.#pending.add(counter, amount);
    }
  }
}
