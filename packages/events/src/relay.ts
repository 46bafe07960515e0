import { setTimeout as pause } from 'node:timers/promises';
import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { DomainEvent } from './event.ts';
import type { EventLog, Publication, Push } from './event-log.ts';
import { lockAndTake, markAndTake, type OutboxRow, unlockOutbox } from './outbox-rows.ts';
import { pollTimer } from './poll-timer.ts';
import { suppressRepeats, reportToStderr, type Report } from './problem.ts';
import { Redelivery } from './redelivery.ts';
import { observeOutbox, type RelayCounters } from './relay-telemetry.ts';

const POLL_MS = 1_000;
const ACKNOWLEDGED_WITHIN_MS = 5_000;
const BATCH = 500;
/** The pause after a batch that was not full: under load, more events then share a batch, and its statement. */
const GATHER_MS = 20;
/** The pause before another attempt to lock an outbox that another process is publishing. */
const BUSY_MS = 50;
/** Batches that the log goes on to remember: another process may have read them just before they were marked. */
const REMEMBERED_BATCHES = 3;

export interface RelayOptions {
  readonly domain: string;
  /** The domain's database. */
  readonly client: SqlDatabase;
  readonly log: EventLog;
  /** The messages that an event pushes to subscribed clients, however late: a feed leaves out what is overtaken. */
  readonly push?: (event: DomainEvent) => readonly Push[];
  /** How often the outbox is polled without a kick, and acknowledgements are read, in milliseconds; 1,000 by default. */
  readonly pollMs?: number;
  /** The time in which consumers have to acknowledge an event, in milliseconds; 5,000 by default. */
  readonly acknowledgedWithinMs?: number;
  readonly report?: Report;
  readonly instruments?: Instruments | undefined;
}

/** Publishes a domain's outbox to the event log. */
export interface Relay {
  /** Returns at once, and keeps retrying while Postgres or the log is unreachable. */
  start(): void;
  /** Publishes new events now instead of at the next poll. */
  kick(): void;
  /** Resolves when the batch in flight is published. */
  stop(): Promise<void>;
  /**
   * Publishes everything in the outbox, whether the relay is started or not. For tests.
   *
   * @throws the error of Postgres or of the log
   */
  drain(): Promise<void>;
}

/**
 * Makes the relay of a domain.
 *
 * Events are published at least once, in the order of the outbox, at once after their commit where the relay is kicked. An
 * advisory lock lets one process of a domain publish at a time; its connection is lost with the process, and the lock with
 * it. What a consumer does not acknowledge is delivered to it again: the log may lose anything.
 */
export function createRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options);
}

/** `busy`: another process is publishing; `more`: there may be more. */
type Outcome = 'busy' | 'nothing' | 'more';

class OutboxRelay implements Relay {
  private readonly options: RelayOptions;
  private readonly timer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private readonly counters: RelayCounters;
  private readonly withinMs: number;
  private readonly redelivery: Redelivery;
  /** The ids of the last batches, once they are marked as published, the oldest first. */
  private readonly confirmed: (readonly string[])[] = [];
  private nextRound = 0;
  private failing = false;
  private stopping = false;
  private running: Promise<void> | null = null;

  constructor(options: RelayOptions) {
    const { domain, client, log, report = reportToStderr, instruments = {} } = options;
    this.options = options;
    this.counters = observeOutbox(domain, client, instruments);
    this.withinMs = options.acknowledgedWithinMs ?? ACKNOWLEDGED_WITHIN_MS;
    this.redelivery = new Redelivery({
      ...{ domain, client, log, report, withinMs: this.withinMs },
      count: this.counters.redelivered,
    });
    this.failures = suppressRepeats((error) => report({ kind: 'relay-failed', domain, error }));
  }

  start(): void {
    if (this.running || this.stopping) return;
    this.running = this.run();
  }

  kick(): void {
    // During an outage only the poll retries, so that kicks do not hammer a database that is down.
    if (!this.failing) this.timer.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.timer.wake();
    await this.running;
  }

  async drain(): Promise<void> {
    for (;;) {
      const outcome = await this.publishAll(0);
      if (outcome === 'nothing') return;
      if (outcome === 'busy') await pause(BUSY_MS / 5);
    }
  }

  private async run(): Promise<void> {
    const { pollMs = POLL_MS } = this.options;
    while (!this.stopping) {
      const outcome = await this.step();
      if (outcome !== 'more' && !this.stopping) await this.timer.wait(outcome === 'busy' ? BUSY_MS : pollMs);
    }
  }

  /** Publishes what there is, and reads acknowledgements when it is time to. */
  private async step(): Promise<Outcome> {
    try {
      const outcome = await this.publishAll(GATHER_MS);
      // Between two batches: receipts may arrive before their events are marked as published.
      if (this.isRoundDue()) {
        await this.redelivery.round();
        this.nextRound = Date.now() + (this.options.pollMs ?? POLL_MS);
      }
      this.failing = false;
      this.failures.recovered();
      return outcome;
    } catch (error) {
      this.failing = true;
      this.failures.failed(error);
      return 'nothing';
    }
  }

  private isRoundDue(): boolean {
    return Date.now() >= this.nextRound;
  }

  private publishAll(gatherMs: number): Promise<Outcome> {
    return this.options.client.$sqlSession((session) => this.publishIn(session, gatherMs));
  }

  /**
   * Publishes batch after batch under the lock. Each is marked by the statement that takes the next; while there is a
   * backlog, the next is taken while a batch is being appended, and marked one later.
   */
  private async publishIn(session: SqlTransaction, gatherMs: number): Promise<Outcome> {
    this.timer.reset();
    const first = await this.count(lockAndTake(session, BATCH));
    if (first === 'busy') return 'busy';
    if (first.length === 0) return 'nothing';
    let rows: readonly OutboxRow[] = first;
    let published: readonly OutboxRow[] = [];
    let mayHaveMore = false;
    while (rows.length + published.length > 0) {
      const appending = this.append(rows);
      if (rows.length < BATCH) {
        await appending;
        if (!this.stopping) await pause(gatherMs);
        published = [...published, ...rows];
        rows = [];
      }
      mayHaveMore = this.isRoundDue() && gatherMs > 0;
      const limit = mayHaveMore || this.stopping ? 0 : BATCH;
      const taking = this.markAndTake(session, published, rows, limit);
      await Promise.all([taking, appending]);
      published = rows;
      rows = await taking;
    }
    await this.count(unlockOutbox(session));
    return mayHaveMore ? 'more' : 'nothing';
  }

  private async markAndTake(
    session: SqlTransaction,
    published: readonly OutboxRow[],
    taken: readonly OutboxRow[],
    limit: number,
  ): Promise<OutboxRow[]> {
    this.timer.reset();
    const next = await this.count(markAndTake(session, { published, taken, limit, withinMs: this.withinMs }));
    this.counters.published(published.length);
    this.confirmed.push(published.map(({ event }) => event.id));
    return next;
  }

  private async append(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { domain, log } = this.options;
    const forgotten = this.confirmed.length > REMEMBERED_BATCHES ? this.confirmed[0] : [];
    const publications = rows.map(({ event }) => this.publicationOf(event));
    await log.append(domain, publications, forgotten);
    if (forgotten?.length) this.confirmed.shift();
  }

  private count<Result>(statement: Promise<Result>): Promise<Result> {
    this.counters.statement();
    return statement;
  }

  private publicationOf(event: DomainEvent): Publication {
    const { push } = this.options;
    return { event, pushes: (push?.(event) ?? []).map((message) => withTraceparent(message, event)) };
  }
}

/** Adds the event's trace context to a message that is an object. */
function withTraceparent(push: Push, { traceparent }: DomainEvent): Push {
  const { message } = push;
  if (traceparent === undefined || typeof message !== 'object' || message === null) return push;
  return { ...push, message: { ...message, traceparent } };
}
