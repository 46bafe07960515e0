import type { SqlTransaction } from '@marquee/database';

import { dayAfter } from '../../domain/day.ts';

/** Rows that are held at a time. */
const ROWS = 20_000;

/** An event as files have it: nobody's user id. */
export interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly claimedAt: Date | null;
  readonly visitor: string;
  readonly suspicious: boolean;
  readonly cityCode: string | null;
  readonly titleId: string | null;
  readonly showId: string | null;
  readonly venueId: string | null;
  readonly searchText: string | null;
  readonly properties: string | null;
}

/** The kinds of events of a day, by name. */
export async function kindsOf(tx: SqlTransaction, day: string): Promise<{ name: string; events: number }[]> {
  return tx.$queryRaw`
    SELECT name, count(*)::int AS events FROM events
    WHERE at >= ${`${day}T00:00:00Z`}::timestamptz AND at < ${`${dayAfter(day)}T00:00:00Z`}::timestamptz
    GROUP BY name ORDER BY name`;
}

/** The events of a day and kind, in order; within a transaction, some at a time. */
export async function* eventsOf(tx: SqlTransaction, day: string, name: string): AsyncGenerator<StoredEvent> {
  await tx.$executeRaw`
    DECLARE stored_events NO SCROLL CURSOR FOR
    SELECT id::text, at, received_at AS "receivedAt", claimed_at AS "claimedAt", visitor::text, suspicious,
      city_code AS "cityCode", title_id AS "titleId", show_id AS "showId", venue_id AS "venueId",
      search_text AS "searchText", properties::text
    FROM events
    WHERE name = ${name} AND at >= ${`${day}T00:00:00Z`}::timestamptz
      AND at < ${`${dayAfter(day)}T00:00:00Z`}::timestamptz
    ORDER BY at, id`;
  for (;;) {
    const rows = await tx.$queryRaw<StoredEvent[]>`FETCH FORWARD 20000 FROM stored_events`;
    yield* rows;
    if (rows.length < ROWS) break;
  }
  await tx.$executeRaw`CLOSE stored_events`;
}
