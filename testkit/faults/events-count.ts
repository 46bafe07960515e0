import { subgraphNames } from '@marquee/stack/subgraphs';

import { queryDatabase } from './query-database.ts';
import type { World } from './world.ts';

/** Events of all domains so far. */
export interface EventsCount {
  readonly events: number;
  /** Deliveries because a consumer had not acknowledged an event in time; of the gateway's process only. */
  readonly redelivered: number;
}

export async function countEvents(world: World): Promise<EventsCount> {
  const outboxes = subgraphNames().map((name) =>
    queryDatabase<{ events: number }>(world.databaseUrl(name), 'SELECT count(*)::int AS events FROM outbox_events'),
  );
  const events = (await Promise.all(outboxes)).reduce((sum, [row]) => sum + (row?.events ?? 0), 0);
  const metrics = await (await fetch(world.metricsUrl)).text();
  const counters = [...metrics.matchAll(/^marquee_events_redelivered_total\{.*\} (\d+)$/gm)];
  return { events, redelivered: counters.reduce((sum, [, count]) => sum + Number(count), 0) };
}
