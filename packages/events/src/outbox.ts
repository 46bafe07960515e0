import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { currentTrace } from '@marquee/telemetry';

import type { NewEvent } from './event.ts';

/**
 * Writes events to the domain's outbox in one statement, in the order given.
 *
 * Pass the transaction of the change: the events are published if and only if it commits.
 */
export async function appendToOutbox(tx: SqlTransaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await tx.$executeRaw(outboxInsert(events));
}

/**
 * The statement of {@link appendToOutbox}, also as the part of a larger one.
 *
 * @param given a part of that statement with one row; without the row nothing is written
 */
export function outboxInsert(events: readonly NewEvent[], given: Sql = sql`(VALUES (1)) AS given`): Sql {
  const traceparent = currentTraceparent();
  const rows = JSON.stringify(events.map((event) => ({ traceparent, ...event })));
  return sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT (event ->> 'id')::uuid, event ->> 'type', event ->> 'key', event -> 'payload', event ->> 'traceparent'
    FROM ${given}, jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS row (event, position)
    ORDER BY position`;
}

/** The trace context of the current work, or null; for outbox rows that are written in SQL. */
export function currentTraceparent(): string | null {
  return currentTrace()?.traceparent ?? null;
}
