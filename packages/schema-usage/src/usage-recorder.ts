import { setTimeout as pause } from 'node:timers/promises';
import { type Counter, type OperationCounter, PendingCounters } from './counters.ts';
import { DayTally, type TallyLimits } from './day-tally.ts';
import { dayOf } from './keys.ts';
import type { UsageCount, UsageWriter, UsedOperation } from './usage.ts';
import type { CoordinateSink } from './variable-uses.ts';

export interface RecordingSettings extends Omit<TallyLimits, 'knownClients'> {
  /**
   * The share of executions to record, in (0, 1]; counts are scaled up. The first execution of an operation by a client's
   * version each day is always recorded, so that rare operations are seen too.
   */
  readonly sample: number;
  /** How often counts are written, in milliseconds. */
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
  /** Clients that are always tracked by name; none by default. */
  readonly knownClients?: readonly string[];
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called when counts could not be written; they are kept for the next attempt. */
  readonly onFailure: (error: unknown) => void;
  /** Called when an execution is counted as `other`. */
  readonly onOther: () => void;
}

/** Counters written in one transaction: more would block the event loop. */
const BATCH_SIZE = 500;

/** The longest time that a stop waits for the store. */
const STOP_FLUSH_MS = 2_000;

/**
 * Counts executions in memory and adds them to the store every few seconds.
 *
 * While the store is unreachable, counts are kept, in bounded memory, until the process ends.
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

  /** @throws when the settings are invalid */
  constructor(options: UsageRecorderOptions) {
    const { settings } = options;
    if (!(settings.sample > 0 && settings.sample <= 1)) throw new Error('Set the usage sample to above 0, at most 1.');
    this.#options = options;
    this.#weight = 1 / settings.sample;
    this.#tally = this.#newTally();
    this.#day = dayOf(new Date(options.now()));
    this.#timer = setInterval(() => void this.flush(), settings.flushMs).unref();
  }

  /**
   * Counts one execution.
   *
   * @returns a sink for the coordinates named in its variables, to be called at once; undefined when the execution is not
   * sampled
   */
  count(operation: UsedOperation, client = 'unnamed', version = 'unversioned'): CoordinateSink | undefined {
    const counter = this.#tally.counterOf(operation, client, version);
    if (counter !== undefined) return this.#begin(counter);
    this.#options.onOther();
    const other = this.#begin(this.#tally.other(client, version));
    if (other !== undefined) for (const coordinate of operation.coordinates) other.use(coordinate);
    return other;
  }

  /** Writes the counts. Never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Writes the remaining counts, within two seconds. @returns how many counters were lost */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    // A flush under way misses the counts since it began.
    const written = (this.#flushing ?? Promise.resolve()).then(() => this.flush());
    const timeUp = new AbortController();
    await Promise.race([written, pause(STOP_FLUSH_MS, undefined, { signal: timeUp.signal }).catch(() => {})]);
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
    this.#startDay(dayOf(at));
    const counters = this.#pending.takeAll();
    this.#isStored = true;
    this.#unwritten = counters.length;
    for (let start = 0; start < counters.length; start += BATCH_SIZE) {
      const batch = counters.slice(start, start + BATCH_SIZE);
      const counts = batch.map((counter) => this.#take(counter));
      try {
        await writer.write(counts, at);
        this.#unwritten -= batch.length;
      } catch (error) {
        this.#isStored = false;
        this.#unwritten = 0;
        for (const [index, counter] of batch.entries()) this.#pending.add(counter, counts[index]?.count ?? 0);
        this.#putBack(counters.slice(start + BATCH_SIZE));
        return onFailure(error);
      }
    }
  }

  /** Drops the names of the previous day, once its counts are written. */
  #startDay(day: string): void {
    if (day === this.#day || !this.#isStored) return;
    this.#day = day;
    this.#tally = this.#newTally();
  }

  #newTally(): DayTally {
    const { settings, knownClients = [] } = this.#options;
    return new DayTally({ ...settings, knownClients }, this.#pending);
  }

  /** Rounds the fractions that sampling produces at random, so that integer counts are right on average. */
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
