import { setTimeout as pause } from 'node:timers/promises';
import type { SqlClient, SqlTransaction } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { DomainEvent } from './event.ts';
import type { EventLog, Push } from './event-log.ts';
import { hasUnpublished, lockOutbox, markPublished, republishAfter, unpublishedRows } from './outbox-rows.ts';
import { pollTimer } from './poll-timer.ts';
import { suppressRepeats, reportToStderr, type Report } from './problem.ts';
import { observeOutbox } from './relay-telemetry.ts';

const POLL_MS = 1_000;
const BATCH = 200;
const REFILL_BATCH = 20_000;
const TRANSACTION_LIMITS = { maxWait: 5_000, timeout: 20_000 };
const PUSH_UNTIL_MS = 5 * 60_000;
const LOCK_RETRY_MS = 10;

export interface RelayOptions {
  readonly domain: string;
  /** The domain's Prisma client. */
  readonly client: SqlClient;
  readonly log: EventLog;
  /** The messages that an event pushes to subscribed clients. Events older than five minutes are not pushed. */
  readonly push?: (event: DomainEvent) => readonly Push[];
  /** How often the outbox is polled without a kick, in milliseconds; 1,000 by default. */
  readonly pollMs?: number;
  /** Events marked as unpublished in one transaction when the log lost them; 20,000 by default. */
  readonly refillBatch?: number;
  readonly report?: Report;
  readonly instruments?: Instruments | undefined;
  readonly now?: () => Date;
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
 * at a time. When Redis comes back without its latest events, the log is refilled from the outbox, as far back as the
 * log's retention.
 */
export function createRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options);
}

/**
 * `busy`: another process is publishing, or the connection to the log was lost meanwhile. `refilling`: the log may have
 * lost more events.
 */
type Outcome = 'published' | 'refilling' | 'busy' | 'nothing';

class OutboxRelay implements Relay {
  private readonly options: RelayOptions;
  private readonly now: () => Date;
  private readonly timer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private readonly published: (events: number) => void;
  /** The number of the current connection to the log, and of the last one over which the log was seen to be complete. */
  private connection = 1;
  private verified = 0;
  private failing = false;
  private stopping = false;
  private running: Promise<void> | null = null;
  private stopWatching: () => void = () => undefined;

  constructor(options: RelayOptions) {
    const { domain, client, report = reportToStderr, now = () => new Date(), instruments = {} } = options;
    this.options = options;
    this.now = now;
    this.published = observeOutbox(domain, client, instruments);
    this.failures = suppressRepeats((error) => report({ kind: 'relay-failed', domain, error }));
  }

  start(): void {
    if (this.running || this.stopping) return;
    this.stopWatching = this.options.log.watch({
      lost: () => {
        this.connection += 1;
      },
      reached: () => this.timer.wake(),
    });
    this.running = this.run();
  }

  kick(): void {
    // During an outage only the poll retries, so that kicks do not hammer a database that is down.
    if (!this.failing) this.timer.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopWatching();
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
    while (!this.stopping) {
      try {
        while (!this.stopping && ['published', 'refilling'].includes(await this.publishNext()));
        this.failing = false;
        this.failures.recovered();
      } catch (error) {
        this.failing = true;
        this.failures.failed(error);
      }
      if (!this.stopping) await this.timer.wait(this.options.pollMs ?? POLL_MS);
    }
  }

  private async publishNext(): Promise<Outcome> {
    const { client } = this.options;
    const { connection } = this;
    if (this.verified === connection && !(await hasUnpublished(client))) return 'nothing';
    const outcome = await client.$transaction((tx) => this.publishBatch(tx, connection), TRANSACTION_LIMITS);
    if (outcome === 'published' || outcome === 'nothing') this.verified = connection;
    return outcome;
  }

  private async publishBatch(tx: SqlTransaction, connection: number): Promise<Outcome> {
    const { domain, log } = this.options;
    if (!(await lockOutbox(tx))) return 'busy';
    if (this.verified !== connection && (await this.refillLog(tx))) return 'refilling';
    const rows = await unpublishedRows(tx, BATCH);
    if (rows.length === 0) return 'nothing';
    const events = rows.map(({ event }) => event);
    // A log that lost events must be refilled first: the newest event in it shows where the gap begins.
    if (this.connection !== connection) return 'busy';
    await log.append(domain, events, this.pushesOf(events));
    await markPublished(tx, rows);
    this.published(rows.length);
    return 'published';
  }

  /** @returns whether more may be missing */
  private async refillLog(tx: SqlTransaction): Promise<boolean> {
    const { domain, log, report = reportToStderr, refillBatch: limit = REFILL_BATCH } = this.options;
    const { retentionMs } = log;
    const events = await republishAfter(tx, { newestId: await log.newestEventId(domain), retentionMs, limit });
    if (events > 0) report({ kind: 'log-refilled', domain, events });
    return events === limit;
  }

  private pushesOf(events: readonly DomainEvent[]): Push[] {
    const { push } = this.options;
    if (push === undefined) return [];
    const since = this.now().getTime() - PUSH_UNTIL_MS;
    return events
      .filter(({ occurredAt }) => Date.parse(occurredAt) >= since)
      .flatMap((event) => push(event).map((message) => withTraceparent(message, event)));
  }
}

/** Adds the event's trace context to a message that is an object. */
function withTraceparent(push: Push, { traceparent }: DomainEvent): Push {
  const { message } = push;
  if (traceparent === undefined || typeof message !== 'object' || message === null) return push;
  return { ...push, message: { ...message, traceparent } };
}
