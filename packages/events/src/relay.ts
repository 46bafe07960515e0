import { setTimeout as pause } from 'node:timers/promises';
import type { SqlClient, SqlTransaction } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { DomainEvent } from './event.ts';
import type { EventLog, Push } from './event-log.ts';
import { hasUnpublished, lockOutbox, markPublished, republishAfter, unpublishedRows } from './outbox-rows.ts';
import { pace } from './pace.ts';
import { onceARow, reportToStderr, type Report } from './problem.ts';
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
  /** What clients who listen right now are told of an event. Events older than five minutes are not pushed. */
  readonly push?: (event: DomainEvent) => readonly Push[];
  /** How often the outbox is looked at without a kick, ms; 1,000 when not given. */
  readonly pollMs?: number;
  /** How many events that the log lost are made unpublished at a time; 20,000 when not given. */
  readonly refillBatch?: number;
  readonly report?: Report;
  readonly instruments?: Instruments | undefined;
  readonly now?: () => Date;
}

/** Moves a domain's outbox to the event log. */
export interface Relay {
  /** Returns at once; while Postgres or the log is out of reach it keeps trying. */
  start(): void;
  /** Looks for new events now, rather than within a second. */
  kick(): void;
  /** Resolves when the batch in hand is published. */
  stop(): Promise<void>;
  /**
   * Publishes until the outbox has nothing unpublished, started or not. For tests.
   *
   * @throws what Postgres or the log throws
   */
  drain(): Promise<void>;
}

/**
 * Makes the relay of a domain.
 *
 * Events are published at least once, in the order of the outbox. However many processes relay a domain, an advisory
 * lock lets one publish at a time. A log that came back without events it had been given, as Redis may, is refilled
 * from the outbox, as far back as the log's retention.
 */
export function createRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options);
}

/**
 * `busy`: another process is publishing, or the log was lost on the way to it. `refilling`: there may be more that the
 * log lost.
 */
type Outcome = 'published' | 'refilling' | 'busy' | 'nothing';

class OutboxRelay implements Relay {
  private readonly options: RelayOptions;
  private readonly now: () => Date;
  private readonly rounds = pace();
  private readonly trouble: ReturnType<typeof onceARow>;
  private readonly published: (events: number) => void;
  /** Counts the connections to the log, and up to which of them it is known to be whole. */
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
    this.trouble = onceARow((error) => report({ kind: 'relay-failed', domain, error }));
  }

  start(): void {
    if (this.running || this.stopping) return;
    this.stopWatching = this.options.log.watch({
      lost: () => {
        this.connection += 1;
      },
      reached: () => this.rounds.wake(),
    });
    this.running = this.run();
  }

  kick(): void {
    // While the log or the database is away, it is the poll that looks whether they are back.
    if (!this.failing) this.rounds.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopWatching();
    this.rounds.wake();
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
        this.trouble.recovered();
      } catch (error) {
        this.failing = true;
        this.trouble.failed(error);
      }
      if (!this.stopping) await this.rounds.wait(this.options.pollMs ?? POLL_MS);
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
    // Appended to a log that came back without its last events, these would hide that any are missing.
    if (this.connection !== connection) return 'busy';
    await log.append(domain, events, this.pushesOf(events));
    await markPublished(tx, rows);
    this.published(rows.length);
    return 'published';
  }

  /** @returns whether there may be more to refill */
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
      .flatMap((event) => push(event).map((one) => traced(one, event)));
  }
}

/** A message that is an object says of which trace it is. */
function traced(push: Push, { traceparent }: DomainEvent): Push {
  const { message } = push;
  if (traceparent === undefined || typeof message !== 'object' || message === null) return push;
  return { ...push, message: { ...message, traceparent } };
}
