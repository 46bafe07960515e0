import type { SqlTransaction } from '@marquee/database';
import { counterIn, type Instruments, observe } from '@marquee/telemetry';

import { unacknowledged, type Unacknowledged } from './acknowledgements.ts';
import { outboxBacklog } from './outbox-rows.ts';

/** Counts what a relay does. */
export interface RelayCounters {
  published(events: number): void;
  /** A statement that takes or marks events. */
  statement(): void;
  redelivered(consumer: string, events: number): void;
}

const NO_COUNTERS: RelayCounters = {
  published: () => undefined,
  statement: () => undefined,
  redelivered: () => undefined,
};

/** Exports a domain's outbox backlog as metrics, and what its relay counts. */
export function observeOutbox(domain: string, client: SqlTransaction, { metrics }: Instruments): RelayCounters {
  if (!metrics) return NO_COUNTERS;
  const published = counterIn(metrics, {
    name: 'marquee_events_published_total',
    help: 'Events published from an outbox to the log',
    labelNames: ['domain'],
  });
  const statements = counterIn(metrics, {
    name: 'marquee_relay_statements_total',
    help: 'Statements that took events from an outbox and marked them as published, each a transaction of its own',
    labelNames: ['domain'],
  });
  const redelivered = counterIn(metrics, {
    name: 'marquee_events_redelivered_total',
    help: 'Events delivered again because a consumer had not acknowledged them in time',
    labelNames: ['domain', 'consumer'],
  });
  observe(metrics, {
    name: 'marquee_outbox_unpublished_events',
    help: 'Events in an outbox that are not published yet',
    labels: { domain },
    read: async () => (await outboxBacklog(client)).events,
  });
  observe(metrics, {
    name: 'marquee_outbox_lag_seconds',
    help: 'Age of the oldest unpublished event in an outbox',
    labels: { domain },
    read: async () => (await outboxBacklog(client)).oldestSeconds,
  });
  observe(metrics, {
    name: 'marquee_unacknowledged_events',
    help: 'Published events that a consumer has not acknowledged yet, over all consumers',
    labels: { domain },
    read: async () => (await unacknowledged(client)).reduce((sum, { events }) => sum + events, 0),
  });
  observe(metrics, {
    name: 'marquee_unacknowledged_lag_seconds',
    help: 'Age of the oldest published event that a consumer has not acknowledged yet',
    labels: { domain },
    read: async () => oldestSeconds(await unacknowledged(client)),
  });
  return {
    published: (events) => published.inc({ domain }, events),
    statement: () => statements.inc({ domain }),
    redelivered: (consumer, events) => redelivered.inc({ domain, consumer }, events),
  };
}

function oldestSeconds(consumers: readonly Unacknowledged[]): number {
  const times = consumers.flatMap(({ oldest }) => oldest?.getTime() ?? []);
  return times.length === 0 ? 0 : Math.max(0, (Date.now() - Math.min(...times)) / 1_000);
}
