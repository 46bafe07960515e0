import type { SqlClient, SqlTransaction } from '@marquee/database';

import type { EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';

/** An event in the outbox. */
export interface OutboxRow {
  /** Its position in the outbox. */
  readonly seq: bigint;
  readonly event: DomainEvent;
}

interface Row {
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

/** The oldest unpublished events, in the order of the outbox. */
export async function unpublishedRows(tx: SqlTransaction, limit: number): Promise<OutboxRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT seq, id::text, type, key, payload, traceparent, occurred_at
    FROM outbox_events WHERE published_at IS NULL ORDER BY seq LIMIT ${limit}`;
  return rows.map(({ seq, traceparent, occurred_at, ...fields }) => {
    const event = { ...fields, occurredAt: occurred_at.toISOString(), ...(traceparent && { traceparent }) };
    return { seq, event: event as DomainEvent };
  });
}

export async function markPublished(tx: SqlTransaction, rows: readonly OutboxRow[]): Promise<void> {
  const places = rows.map(({ seq }) => seq).join(',');
  await tx.$executeRaw`
    UPDATE outbox_events SET published_at = statement_timestamp()
    WHERE seq = ANY (string_to_array(${places}, ',')::bigint[])`;
}

/**
 * Marks the events that the log lost as unpublished.
 *
 * @param newestId the newest event in the log: everything published after it is missing. Null when the log is empty
 * @param retentionMs how far back the log keeps events
 * @param limit a batch must fit in one transaction; publish nothing until no more are found
 * @returns how many events were marked
 */
export async function republishAfter(
  tx: SqlTransaction,
  { newestId, retentionMs, limit }: { newestId: string | null; retentionMs: number; limit: number },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE outbox_events SET published_at = NULL WHERE seq = ANY (ARRAY(
      SELECT lost.seq FROM outbox_events AS lost
      WHERE lost.published_at > now() - make_interval(secs => ${retentionMs / 1000}::float8)
        AND NOT EXISTS (
          SELECT 1 FROM outbox_events AS newest
          WHERE newest.id = ${newestId}::uuid
            AND (newest.published_at IS NULL OR (newest.published_at, newest.seq) >= (lost.published_at, lost.seq)))
      LIMIT ${limit}))`;
}
