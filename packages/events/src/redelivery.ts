import type { SqlDatabase } from '@marquee/database';

import { claimOverdue, overdueConsumers, recordReceipts } from './acknowledgements.ts';
import type { EventLog, Subscriber } from './event-log.ts';
import type { Report } from './problem.ts';
import { recordSubscriber } from './subscribers.ts';

/** Events redelivered to a consumer at a time, and the most that may wait for it then: it is behind, nothing is lost. */
const BATCH = 200;
/** The age at which an introduction no longer counts: the consumer may be gone for good, and forgotten. */
const INTRODUCTION_MS = 60 * 60 * 1_000;

export interface RedeliveryOptions {
  readonly domain: string;
  readonly client: SqlDatabase;
  readonly log: EventLog;
  /** The time in which a consumer usually acknowledges an event, in milliseconds; then it is delivered again. */
  readonly withinMs: number;
  readonly report: Report;
  readonly count: (consumer: string, events: number) => void;
}

/**
 * Knows which consumer has received which event of a domain, and delivers again what is not acknowledged in time.
 *
 * Several processes of a domain may do so at once.
 */
export class Redelivery {
  private readonly options: RedeliveryOptions;
  /** The generations that are recorded. */
  private readonly recorded = new Map<string, string>();

  constructor(options: RedeliveryOptions) {
    this.options = options;
  }

  /** Records what consumers have sent, then delivers to each what is overdue. */
  async round(): Promise<void> {
    await this.readPost();
    for (const consumer of await overdueConsumers(this.options.client)) await this.redeliverTo(consumer);
  }

  private async readPost(): Promise<void> {
    const { client, domain, log } = this.options;
    for (;;) {
      const { subscribers, receipts, isPartial } = await log.takePost(domain);
      // A receipt for an event that is expected only from now on must not be read before.
      for (const subscriber of subscribers) await this.recordOnce(subscriber);
      await recordReceipts(client, receipts);
      if (!isPartial) return;
    }
  }

  private async recordOnce(subscriber: Subscriber): Promise<void> {
    const { client, withinMs } = this.options;
    if (Date.now() - Date.parse(subscriber.at) > INTRODUCTION_MS) return;
    const version = `${subscriber.inbox} ${subscriber.generation}`;
    if (this.recorded.get(subscriber.consumer) === version) return;
    const types = subscriber.types.filter((type) => this.isOwn(type));
    await recordSubscriber(client, { ...subscriber, types }, withinMs);
    this.recorded.set(subscriber.consumer, version);
  }

  private async redeliverTo(consumer: string): Promise<void> {
    const { client, domain, log, report, count } = this.options;
    const waiting = await log.waitingFor(consumer, domain);
    if (waiting === null || waiting >= BATCH) return;
    const rows = await claimOverdue(client, consumer, BATCH);
    if (rows.length === 0) return;
    await log.redeliver(
      consumer,
      rows.map(({ event }) => event),
    );
    count(consumer, rows.length);
    report({ kind: 'events-redelivered', domain, consumer, events: rows.length });
  }

  private isOwn(type: string): boolean {
    const { domain, log } = this.options;
    return log.catalogue.domainOf(type) === domain;
  }
}
