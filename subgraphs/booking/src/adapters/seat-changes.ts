import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';

/** An instant as JSON has it. @param column a SQL expression of type timestamptz */
export function isoInstant(column: string): Prisma.Sql {
  return Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

/**
 * The end of every statement that changes seats: makes the show's seat map one version newer and tells of it.
 *
 * Goes behind a part of the statement named `changed` with the columns city_code, show_id, seat_id and status. The
 * show's row is the last that a statement locks, so that statements that wait for each other's seats never wait in a
 * circle.
 */
export function announceSeats(traceparent: string | null): Prisma.Sql {
  return Prisma.sql`bumped AS (
    UPDATE shows SET seat_map_version = seat_map_version + 1
    FROM (
      SELECT city_code, show_id, jsonb_agg(jsonb_build_object('id', seat_id, 'status', status)) AS seats
      FROM changed GROUP BY city_code, show_id
    ) AS change
    WHERE shows.city_code = change.city_code AND shows.id = change.show_id
    RETURNING shows.id, shows.seat_map_version, change.seats
  ), announced AS (
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.seats-changed', id,
      jsonb_build_object('showId', id, 'version', seat_map_version, 'seats', seats), ${traceparent}
    FROM bumped
  )`;
}

/**
 * Locks claims in the order in which everybody locks them, for a statement that frees them in any order.
 *
 * @param which a condition on `seat_claims`
 */
export async function lockClaims(tx: SqlTransaction, which: Prisma.Sql): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM seat_claims WHERE ${which} ORDER BY city_code, show_id, seat_id FOR UPDATE`;
}
