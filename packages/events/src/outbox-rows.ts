import type { SqlTransaction } from '@marquee/database';

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

/** The number of unpublished events, and the age of the oldest. */
export async function outboxBacklog(client: SqlTransaction): Promise<{ events: number; oldestSeconds: number }> {
  const [row] = await client.$queryRaw<{ events: number; seconds: number | null }[]>`
    SELECT count(*)::int AS events, extract(epoch FROM now() - min(occurred_at))::float8 AS seconds
    FROM outbox_events WHERE published_at IS NULL`;
  return { events: row?.events ?? 0, oldestSeconds: Math.max(0, row?.seconds ?? 0) };
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

/**
 * Locks the outbox for publishing, for a session, and takes the oldest unpublished events, in the order of the outbox.
 *
 * Nothing is locked when there are none. An event may have been published just before the lock was free: the log and the
 * consumers leave out a repeat.
 *
 * @returns `busy` when another session holds the lock
 */
export async function lockAndTake(session: SqlTransaction, limit: number): Promise<OutboxRow[] | 'busy'> {
  const rows = await session.$queryRaw<(SelectedRow & { locked: boolean })[]>`
    WITH held AS MATERIALIZED (
      SELECT pg_try_advisory_lock(${OUTBOX_LOCK}) AS locked
      WHERE EXISTS (SELECT FROM outbox_events WHERE published_at IS NULL)
    )
    SELECT locked, event.* FROM held LEFT JOIN LATERAL (
      SELECT * FROM outbox_events WHERE published_at IS NULL ORDER BY seq LIMIT ${limit}
    ) AS event ON locked ORDER BY seq`;
  return rows[0]?.locked === false ? 'busy' : present(rows);
}

export interface MarkAndTake {
  /** Events to mark. */
  readonly published: readonly OutboxRow[];
  /** Events that are being published, and are not to be taken again. */
  readonly taken: readonly OutboxRow[];
  /** The time in milliseconds until the marked events are delivered again to a consumer that has not acknowledged them. */
  readonly withinMs: number;
  readonly limit: number;
}

/** Marks events as published, expects every consumer of their types to acknowledge them, and takes the next. */
export async function markAndTake(
  session: SqlTransaction,
  { published, taken, withinMs, limit }: MarkAndTake,
): Promise<OutboxRow[]> {
  const places = published.map(({ seq }) => seq);
  const skipped = [...places, ...taken.map(({ seq }) => seq)];
  const rows = await session.$queryRaw<SelectedRow[]>`
    WITH published AS (
      UPDATE outbox_events SET published_at = statement_timestamp()
      WHERE seq = ANY (${places}::bigint[]) AND published_at IS NULL
      RETURNING seq, type
    ), expected AS (
      INSERT INTO unacknowledged_events (consumer, seq, due_at)
      SELECT consumer, seq, statement_timestamp() + make_interval(secs => ${withinMs / 1_000}::float8)
      FROM published JOIN event_subscribers ON type = ANY (types)
    )
    SELECT * FROM outbox_events
    WHERE published_at IS NULL AND seq NOT IN (SELECT * FROM unnest(${skipped}::bigint[]))
    ORDER BY seq LIMIT ${limit}`;
  return present(rows);
}

/** Unlocks the outbox, after the statements that marked events have committed. */
export async function unlockOutbox(session: SqlTransaction): Promise<void> {
  await session.$executeRaw`SELECT pg_advisory_unlock(${OUTBOX_LOCK})`;
}

/** The rows but for one of nulls, which stands for none. */
function present(rows: readonly SelectedRow[]): OutboxRow[] {
  return rows.filter(({ seq }) => seq !== null).map(toOutboxRow);
}
