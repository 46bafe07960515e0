import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { HistoryEntry } from '../domain/history-entry.ts';

/** The views, searches and bookings of people. */
export class HistoryRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** A page of each person's history, latest first, with up to `limit + 1` entries of each. */
  async ofUsers(userIds: readonly string[], { limit, after }: LatestPage): Promise<HistoryEntry[]> {
    const start = after ? Prisma.sql`AND (at, id) < (${after.createdAt}::timestamptz, ${after.id})` : Prisma.empty;
    return this.#sql.$queryRaw<HistoryEntry[]>`
      SELECT page.* FROM unnest(${userIds.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT id, user_id AS "userId", kind::text, at AS "createdAt", title_id AS "titleId", booking_id AS "bookingId",
          search_text AS "searchText"
        FROM history_entries WHERE user_id = listed_id ${start} ORDER BY at DESC, id DESC LIMIT ${limit + 1}) AS page`;
  }
}
