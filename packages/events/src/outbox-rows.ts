import type { SqlClient, SqlTransaction } from '@marquee/database';

import type { EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';

/** An event as the relay finds it. */
export interface OutboxRow {
  /** Its place in the outbox. */
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

/** Any number will do that nothing else in a domain's database locks. */
const OUTBOX_LOCK = 7_305_109;

export async function hasUnpublished(client: SqlTransaction): Promise<boolean> {
  const [row] = await client.$queryRaw<{ waiting: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM outbox_events WHERE published_at IS NULL) AS waiting`;
  return row?.waiting === true;
}

/** What waits to be published: how many events, and how old the oldest is. */
export async function outboxBacklog(client: SqlClient): Promise<{ events: number; oldestSeconds: number }> {
  const [row] = await client.$queryRaw<{ events: number; seconds: number | null }[]>`
    SELECT count(*)::int AS events, extract(epoch FROM now() - min(occurred_at))::float8 AS seconds
    FROM outbox_events WHERE published_at IS NULL`;
  return { events: row?.events ?? 0, oldestSeconds: Math.max(0, row?.seconds ?? 0) };
}

/**
 * Takes the right to publish, until the transaction ends; false when another process has it.
 *
 * A statement of its own: what reads the outbox afterwards sees all that the last holder marked.
 */
export async function lockOutbox(tx: SqlTransaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${OUTBOX_LOCK}) AS locked`;
  return row?.locked === true;
}

/** The unpublished events in the order of the outbox. */
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
 * Makes events unpublished that the log should have and has not.
 *
 * @param newestId the last event that the log has: all that were published after it are missing; null when it has
 *   none, or one that was purged from the outbox, and misses all
 * @param retentionMs how far back the log keeps events
 * @param limit how many at most: a transaction must end in its time. Until none is left, nothing may be published
 * @returns how many events
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
