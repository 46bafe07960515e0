import type { SqlTransaction } from '@marquee/database';

import { unacknowledged } from './acknowledgements.ts';
import type { EventLog } from './event-log.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** How long the outbox keeps published events for consumers that are yet to come. */
export const KEEP_PUBLISHED_SECONDS = 7 * DAY_SECONDS;
/** Longer than an outbox delivers events to a consumer that it does not know, and knows again. */
const KEEP_RECEIVED_SECONDS = 14 * DAY_SECONDS;
/** More than the clocks of two databases differ, and than a transaction lasts. */
const HORIZON_MARGIN_MS = 60 * 60 * 1_000;

/**
 * Deletes the events that were published a week ago and that every consumer has acknowledged, and tells each consumer
 * how far back events may still come.
 *
 * @returns how many were deleted
 */
export async function purgeOutbox(client: SqlTransaction, log: EventLog, domain: string): Promise<number> {
  const deleted = await client.$executeRaw`
    DELETE FROM outbox_events e
    WHERE published_at < now() - make_interval(secs => ${KEEP_PUBLISHED_SECONDS})
      AND NOT EXISTS (SELECT FROM unacknowledged_events u WHERE u.seq = e.seq)`;
  const now = new Date();
  for (const { consumer, oldest } of await unacknowledged(client))
    await log.setHorizon(consumer, domain, oldest ?? now);
  return deleted;
}

/**
 * Deletes the records of events that no domain delivers again. Nothing is deleted until each domain has said so.
 *
 * @param types those that the consumer handles
 * @returns how many were deleted
 */
export async function purgeInbox(
  client: SqlTransaction,
  log: EventLog,
  consumer: string,
  types: readonly string[],
): Promise<number> {
  const horizons = await log.horizons(consumer);
  const domains = [...new Set(types.map(log.catalogue.domainOf))];
  const known = domains.flatMap((domain) => horizons.get(domain)?.getTime() ?? []);
  if (known.length < domains.length) return 0;
  const horizon = new Date(Math.min(...known) - HORIZON_MARGIN_MS);
  return client.$executeRaw`
    DELETE FROM inbox_events
    WHERE consumer = ${consumer} AND handled_at < ${horizon}::timestamptz
      AND handled_at < now() - make_interval(secs => ${KEEP_RECEIVED_SECONDS})`;
}
