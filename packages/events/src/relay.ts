import { setTimeout as pause } from 'node:timers/promises';
import type { SqlClient, SqlTransaction } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { DomainEvent } from './event.ts';
import type { EventLog, Publication, Push } from './event-log.ts';
import { hasUnpublished, lockOutbox, markPublished, unpublishedRows } from './outbox-rows.ts';
import { pollTimer } from './poll-timer.ts';
import { suppressRepeats, reportToStderr, type Report } from './problem.ts';
import { Redelivery } from './redelivery.ts';
import { observeOutbox, type RelayCounters } from './relay-telemetry.ts';

const POLL_MS = 1_000;
const ACKNOWLEDGED_WITHIN_MS = 5_000;
const BATCH = 200;
const TRANSACTION_LIMITS = { maxWait: 5_000, timeout: 20_000 };
const LOCK_RETRY_MS = 10;

export interface RelayOptions {
  readonly domain: string;
  /** The domain's Prisma client. */
  readonly client: SqlClient;
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
 * Events are published at least once, in the order of the outbox. An advisory lock lets one process of a domain publish
 * at a time. What a consumer does not acknowledge is delivered to it again: the log may lose anything.
 */
export function createRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options);
}

/** `busy`: another process is publishing. */
type Outcome = 'published' | 'busy' | 'nothing';

class OutboxRelay implements Relay {
  private readonly options: RelayOptions;
  private readonly timer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private readonly counters: RelayCounters;
  private readonly withinMs: number;
  private readonly redelivery: Redelivery;
  /** The events of the last batch, once they are marked as published. */
  private confirmed: readonly string[] = [];
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
      const outcome = await this.publishNext();
      if (outcome === 'nothing') return;
      if (outcome === 'busy') await pause(LOCK_RETRY_MS);
    }
  }

  private async run(): Promise<void> {
    const { pollMs = POLL_MS } = this.options;
    while (!this.stopping) {
      const mayHaveMore = await this.step();
      if (!mayHaveMore && !this.stopping) await this.timer.wait(pollMs);
    }
  }

  /** Publishes a batch, and reads acknowledgements when it is time to. @returns whether to go on at once */
  private async step(): Promise<boolean> {
    try {
      const outcome = await this.publishNext();
      // Between two batches: receipts may arrive before their events are marked as published.
      if (Date.now() >= this.nextRound) {
        await this.redelivery.round();
        this.nextRound = Date.now() + (this.options.pollMs ?? POLL_MS);
      }
      this.failing = false;
      this.failures.recovered();
      return outcome === 'published';
    } catch (error) {
      this.failing = true;
      this.failures.failed(error);
      return false;
    }
  }

  private async publishNext(): Promise<Outcome> {
    const { client } = this.options;
    if (!(await hasUnpublished(client))) return 'nothing';
    const published = await client.$transaction((tx) => this.publishBatch(tx), TRANSACTION_LIMITS);
    if (published === 'busy') return 'busy';
    this.counters.published(published.length);
    this.confirmed = published;
    return published.length > 0 ? 'published' : 'nothing';
  }

  /** @returns the ids of the events */
  private async publishBatch(tx: SqlTransaction): Promise<readonly string[] | 'busy'> {
    const { domain, log } = this.options;
    if (!(await lockOutbox(tx))) return 'busy';
    const rows = await unpublishedRows(tx, BATCH);
    if (rows.length === 0) return [];
    const publications = rows.map(({ event }) => this.publicationOf(event));
    await log.append(domain, publications, this.confirmed);
    await markPublished(tx, rows, this.withinMs);
    return rows.map(({ event }) => event.id);
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
