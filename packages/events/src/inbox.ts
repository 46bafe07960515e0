import type { SqlTransaction } from '@marquee/database';

interface Recorded {
  /** The ids of the events that were not handled before. */
  readonly ids: readonly string[];
  /** Those of the people who were erased. */
  readonly erased: readonly string[];
}

/**
 * Records events as handled, in the transaction of their effect. Waits for concurrent transactions that handle one of
 * them.
 *
 * @param people those whom the events name; looked up in the same statement, for it is that of every batch
 */
export async function recordInInbox(
  tx: SqlTransaction,
  consumer: string,
  eventIds: readonly string[],
  people: readonly string[] = [],
): Promise<Recorded> {
  const rows = await tx.$queryRaw<{ id: string; isPerson: boolean }[]>`
    WITH recorded AS (
      INSERT INTO inbox_events (consumer, event_id)
      SELECT ${consumer}, id FROM unnest(${eventIds}::uuid[]) AS id ORDER BY id
      ON CONFLICT DO NOTHING RETURNING event_id::text AS id
    )
    SELECT id, false AS "isPerson" FROM recorded
    UNION ALL SELECT id, true FROM erased_people WHERE id = ANY (${people}::text[])`;
  const idsOf = (kind: boolean) => rows.flatMap(({ id, isPerson }) => (isPerson === kind ? [id] : []));
  return { ids: idsOf(false), erased: idsOf(true) };
}
