import type { SqlTransaction } from '@marquee/database';
import { currentTrace } from '@marquee/telemetry';

import type { NewEvent } from './event.ts';

/**
 * Writes events to the domain's outbox in one statement, in the order given.
 *
 * Pass the transaction of the change: the events are published if and only if it commits.
 */
export async function appendToOutbox(tx: SqlTransaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const traceparent = currentTraceparent();
  const rows = JSON.stringify(events.map((event) => ({ traceparent, ...event })));
  await tx.$executeRaw`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT (event ->> 'id')::uuid, event ->> 'type', event ->> 'key', event -> 'payload', event ->> 'traceparent'
    FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS row (event, position)
    ORDER BY position`;
}

/** The trace context of the current work, or null; for outbox rows that are written in SQL. */
export function currentTraceparent(): string | null {
  return currentTrace()?.traceparent ?? null;
}
