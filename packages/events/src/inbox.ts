import type { SqlTransaction } from '@marquee/database';

/**
 * Notes that a consumer handles an event, in the transaction of what it does about it.
 *
 * Another transaction that handles the same event right now is waited for.
 *
 * @returns whether it is the first time
 */
export async function recordInInbox(tx: SqlTransaction, consumer: string, eventId: string): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO inbox_events (consumer, event_id) VALUES (${consumer}, ${eventId}::uuid) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** Deletes inbox rows; keep them for longer than the event log and the outbox keep events. @returns how many */
export async function purgeInbox(client: SqlTransaction, handledBefore: Date): Promise<number> {
  return client.$executeRaw`DELETE FROM inbox_events WHERE handled_at < ${handledBefore}::timestamptz`;
}
