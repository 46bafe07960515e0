import type { SqlClient } from '@marquee/database';
import { counterIn, type Instruments, observe } from '@marquee/telemetry';

import { outboxBacklog } from './outbox-rows.ts';

/** Exports a domain's outbox backlog as metrics. @returns counts published events */
export function observeOutbox(domain: string, client: SqlClient, { metrics }: Instruments): (events: number) => void {
  if (!metrics) return () => undefined;
  const published = counterIn(metrics, {
    name: 'marquee_events_published_total',
    help: 'Events published from an outbox to the log',
    labelNames: ['domain'],
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
  return (events) => published.inc({ domain }, events);
}
