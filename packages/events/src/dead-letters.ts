import type { SqlDatabase, SqlTransaction } from '@marquee/database';

import type { FailedEvent } from './event-log.ts';
import { recordInInbox } from './inbox.ts';

/** The pause after which a dead letter is tried again by itself: its cause may have been mended. */
const REPLAYED_AFTER_SECONDS = 60 * 60;

/** An event that a consumer could not handle, kept in its database until a replay succeeds. */
export interface DeadLetter extends FailedEvent {
  readonly failedAt: Date;
}

/** Keeps an event as a dead letter: it counts as received, so that it is not delivered again by itself. */
export async function keepDeadLetter(client: SqlDatabase, consumer: string, failed: FailedEvent): Promise<void> {
  const { id, type, event, error, attempts } = failed;
  await client.$sqlTransaction(async (tx) => {
    if ((await recordInInbox(tx, consumer, [id])).ids.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO dead_letters (consumer, event_id, type, event, error, attempts)
      VALUES (${consumer}, ${id}::uuid, ${type}, ${event}, ${error}, ${attempts})`;
  });
}

/** The oldest thousand dead letters of a consumer, oldest first. */
export async function deadLetters(client: SqlTransaction, consumer: string): Promise<DeadLetter[]> {
  return client.$queryRaw<DeadLetter[]>`
    SELECT event_id::text AS id, type, event, error, attempts, failed_at AS "failedAt"
    FROM dead_letters WHERE consumer = ${consumer} ORDER BY failed_at, event_id LIMIT 1000`;
}

export async function countDeadLetters(client: SqlTransaction, consumer: string): Promise<number> {
  const [row] = await client.$queryRaw<{ letters: number }[]>`
    SELECT count(*)::int AS letters FROM dead_letters WHERE consumer = ${consumer}`;
  return row?.letters ?? 0;
}

/** Has the consumer try its dead letters once more. @returns how many */
export async function requestReplay(client: SqlTransaction, consumer: string): Promise<number> {
  return client.$executeRaw`
    UPDATE dead_letters SET replay_requested_at = now() WHERE (consumer, event_id) IN (
      SELECT consumer, event_id FROM dead_letters WHERE consumer = ${consumer} ORDER BY event_id FOR UPDATE)`;
}

/**
 * The dead letters to try again: those whose replay is requested, and those that failed an hour ago.
 *
 * @param types those that the process handles; another version of the consumer may handle others
 */
export async function dueReplays(
  client: SqlTransaction,
  consumer: string,
  types: readonly string[],
  limit: number,
): Promise<DeadLetter[]> {
  return client.$queryRaw<DeadLetter[]>`
    SELECT event_id::text AS id, type, event, error, attempts, failed_at AS "failedAt"
    FROM dead_letters
    WHERE consumer = ${consumer} AND type = ANY (${types}::text[])
      AND (replay_requested_at IS NOT NULL OR failed_at < now() - make_interval(secs => ${REPLAYED_AFTER_SECONDS}))
    ORDER BY replay_requested_at, failed_at, event_id LIMIT ${limit}`;
}

/** Takes a dead letter away, for the transaction that handles it; false when another process was faster. */
export async function takeDeadLetter(tx: SqlTransaction, consumer: string, id: string): Promise<boolean> {
  const taken = await tx.$executeRaw`
    DELETE FROM dead_letters
    WHERE consumer = ${consumer} AND event_id = ${id}::uuid`;
  return taken === 1;
}

/** Records that a replay failed. */
export async function recordFailedReplay(
  client: SqlTransaction,
  consumer: string,
  { id, error }: Pick<DeadLetter, 'id' | 'error'>,
): Promise<void> {
  await client.$executeRaw`
    UPDATE dead_letters SET
      error = ${error}, attempts = attempts + 1, failed_at = now(), replay_requested_at = NULL
    WHERE consumer = ${consumer} AND event_id = ${id}::uuid`;
}
