import { type Sql, sql, type SqlTransaction } from '@marquee/database';

import type { Receipt } from './event-log.ts';
import { type OutboxRow, type SelectedRow, toOutboxRow } from './outbox-rows.ts';

/** Until an event that a consumer retries by itself is delivered again: longer than its retries take. */
const RETRIED_WITHIN_SECONDS = 120;
/** The pause before the second redelivery; it doubles with each further one. */
const BACKOFF_SECONDS = 10;
const MAX_BACKOFF_SECONDS = 60;

/** Records what consumers say about events. Receipts may repeat, and may be of events that are acknowledged. */
export async function recordReceipts(client: SqlTransaction, receipts: readonly Receipt[]): Promise<void> {
  const settled = receipts.filter(({ state }) => state === 'settled');
  const retrying = receipts.filter(({ state }) => state === 'retrying');
  if (settled.length > 0) {
    await client.$executeRaw`DELETE FROM unacknowledged_events WHERE (consumer, seq) IN (${lockedRows(settled)})`;
  }
  if (retrying.length > 0) {
    await client.$executeRaw`
      UPDATE unacknowledged_events
      SET due_at = statement_timestamp() + make_interval(secs => ${RETRIED_WITHIN_SECONDS})
      WHERE (consumer, seq) IN (${lockedRows(retrying)})`;
  }
}

/** Locks the rows in one order, for several processes of a domain may record receipts at once. */
function lockedRows(receipts: readonly Receipt[]): Sql {
  return sql`
    SELECT u.consumer, u.seq
    FROM jsonb_to_recordset(${JSON.stringify(receipts)}::jsonb) AS receipt (consumer text, "eventId" uuid)
    JOIN outbox_events e ON e.id = receipt."eventId"
    JOIN unacknowledged_events u ON u.consumer = receipt.consumer AND u.seq = e.seq
    ORDER BY u.consumer, u.seq FOR UPDATE OF u`;
}

/** The consumers that have not acknowledged an event in time. */
export async function overdueConsumers(client: SqlTransaction): Promise<string[]> {
  const rows = await client.$queryRaw<{ consumer: string }[]>`
    SELECT consumer FROM event_subscribers s WHERE EXISTS (
      SELECT FROM unacknowledged_events u WHERE u.consumer = s.consumer AND u.due_at <= statement_timestamp())
    ORDER BY consumer`;
  return rows.map(({ consumer }) => consumer);
}

/** The oldest events that a consumer has not acknowledged in time; each is due again later and later. */
export async function claimOverdue(client: SqlTransaction, consumer: string, limit: number): Promise<OutboxRow[]> {
  const rows = await client.$queryRaw<SelectedRow[]>`
    WITH claimed AS (
      UPDATE unacknowledged_events u SET
        deliveries = deliveries + 1,
        due_at = statement_timestamp() + make_interval(secs =>
          least(${MAX_BACKOFF_SECONDS}::float8, ${BACKOFF_SECONDS}::float8 * power(2, least(deliveries - 1, 10))))
      WHERE consumer = ${consumer} AND seq = ANY (ARRAY (
        SELECT seq FROM unacknowledged_events
        WHERE consumer = ${consumer} AND due_at <= statement_timestamp()
        ORDER BY seq LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING seq
    )
    SELECT e.* FROM claimed JOIN outbox_events e USING (seq) ORDER BY seq`;
  return rows.map(toOutboxRow);
}

/** The events that a consumer has not acknowledged. */
export interface Unacknowledged {
  readonly consumer: string;
  readonly events: number;
  /** When the oldest occurred; null when there is none. */
  readonly oldest: Date | null;
}

/** The number of unacknowledged events for each consumer of the domain, and the age of the oldest. */
export async function unacknowledged(client: SqlTransaction): Promise<Unacknowledged[]> {
  return client.$queryRaw<Unacknowledged[]>`
    SELECT s.consumer, count(e.seq)::int AS events, min(e.occurred_at) AS oldest
    FROM event_subscribers s LEFT JOIN (unacknowledged_events u JOIN outbox_events e USING (seq)) USING (consumer)
    GROUP BY s.consumer ORDER BY s.consumer`;
}
