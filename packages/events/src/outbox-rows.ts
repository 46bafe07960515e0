import type { SqlClient, SqlTransaction } from '@marquee/database';

import type { EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';

/** An event in the outbox. */
export interface OutboxRow {
  /** Its position in the outbox. */
  readonly seq: bigint;
  readonly event: DomainEvent;
}

/** A row as it is selected. */
export interface SelectedRow {
  readonly seq: bigint;
  readonly id: string;
  readonly type: EventType;
  readonly key: string;
  readonly payload: unknown;
  readonly traceparent: string | null;
  readonly occurred_at: Date;
}

/** The key of the advisory lock: any number that nothing else in a domain's database uses. */
const OUTBOX_LOCK = 7_305_109;

export async function hasUnpublished(client: SqlTransaction): Promise<boolean> {
  const [row] = await client.$queryRaw<{ waiting: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM outbox_events WHERE published_at IS NULL) AS waiting`;
  return row?.waiting === true;
}

/** The number of unpublished events, and the age of the oldest. */
export async function outboxBacklog(client: SqlClient): Promise<{ events: number; oldestSeconds: number }> {
  const [row] = await client.$queryRaw<{ events: number; seconds: number | null }[]>`
    SELECT count(*)::int AS events, extract(epoch FROM now() - min(occurred_at))::float8 AS seconds
    FROM outbox_events WHERE published_at IS NULL`;
  return { events: row?.events ?? 0, oldestSeconds: Math.max(0, row?.seconds ?? 0) };
}

/**
 * Locks the outbox for publishing until the transaction ends; false when another process holds the lock.
 *
 * Must run as a separate statement, so that the next one sees everything that the last holder marked as published.
 */
export async function lockOutbox(tx: SqlTransaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${OUTBOX_LOCK}) AS locked`;
  return row?.locked === true;
}

/** The event in a row of the outbox. */
export function toOutboxRow({ seq, id, type, key, payload, traceparent, occurred_at }: SelectedRow): OutboxRow {
  const event = { id, type, key, payload, occurredAt: occurred_at.toISOString(), ...(traceparent && { traceparent }) };
  return { seq, event: event as DomainEvent };
}

/** Locks the outbox until the transaction ends, and waits for another process that has it. */
export async function awaitOutboxLock(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${OUTBOX_LOCK})`;
}

/** The oldest unpublished events, in the order of the outbox. */
export async function unpublishedRows(tx: SqlTransaction, limit: number): Promise<OutboxRow[]> {
  const rows = await tx.$queryRaw<SelectedRow[]>`
    SELECT * FROM outbox_events WHERE published_at IS NULL ORDER BY seq LIMIT ${limit}`;
  return rows.map(toOutboxRow);
}

/**
 * Marks events as published, and expects every consumer of their types to acknowledge them.
 *
 * @param withinMs until they are delivered to it again
 */
export async function markPublished(tx: SqlTransaction, rows: readonly OutboxRow[], withinMs: number): Promise<void> {
  const places = rows.map(({ seq }) => seq).join(',');
  await tx.$executeRaw`
    WITH published AS (
      UPDATE outbox_events SET published_at = statement_timestamp()
      WHERE seq = ANY (string_to_array(${places}, ',')::bigint[])
      RETURNING seq, type
    )
    INSERT INTO unacknowledged_events (consumer, seq, due_at)
    SELECT consumer, seq, statement_timestamp() + make_interval(secs => ${withinMs / 1_000}::float8)
    FROM published JOIN event_subscribers ON type = ANY (types)`;
}
