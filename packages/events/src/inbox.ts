import type { SqlTransaction } from '@marquee/database';

/**
 * Records events as handled, in the transaction of their effect. Waits for concurrent transactions that handle one of
 * them.
 *
 * @returns the ids of those that were not handled before
 */
export async function recordInInbox(
  tx: SqlTransaction,
  consumer: string,
  eventIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO inbox_events (consumer, event_id)
    SELECT ${consumer}, id FROM unnest(${eventIds}::uuid[]) AS id ORDER BY id
    ON CONFLICT DO NOTHING RETURNING event_id::text AS id`;
  return rows.map(({ id }) => id);
}
