import type { SqlTransaction } from '@marquee/database';

/** As whom people were last seen, by their ids; those who were not are left out. */
export async function visitorsOf(tx: SqlTransaction, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ userId: string; visitor: string }[]>`
    SELECT user_id AS "userId", visitor::text FROM user_visitors WHERE user_id = ANY (${[...userIds]})`;
  return new Map(rows.map(({ userId, visitor }) => [userId, visitor]));
}
