import type { SqlTransaction } from '@marquee/database';

/**
 * Records an event as handled, in the transaction of its effect. Waits for a concurrent transaction that handles the
 * same event.
 *
 * @returns false when the event was handled before
 */
export async function recordInInbox(tx: SqlTransaction, consumer: string, eventId: string): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO inbox_events (consumer, event_id) VALUES (${consumer}, ${eventId}::uuid) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}
