import { Prisma } from '@marquee/prisma-booking';

/**
 * Ends every statement that changes seats: increments the show's seat map version and emits `booking.seats-changed`.
 *
 * Follows a part of the statement named `changed` with the columns city_code, show_id, seat_id and status. The show's
 * row is locked last, so that statements that wait for each other's seats do not deadlock.
 */
export function emitSeatChanges(traceparent: string | null): Prisma.Sql {
  return Prisma.sql`versioned AS (
    UPDATE shows SET seat_map_version = seat_map_version + 1
    FROM (
      SELECT city_code, show_id, jsonb_agg(jsonb_build_object('id', seat_id, 'status', status)) AS seats
      FROM changed GROUP BY city_code, show_id
    ) AS change
    WHERE shows.city_code = change.city_code AND shows.id = change.show_id
    RETURNING shows.id, shows.seat_map_version, change.seats
  ), seat_changes_emitted AS (
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.seats-changed', id,
      jsonb_build_object('showId', id, 'version', seat_map_version, 'seats', seats), ${traceparent}
    FROM versioned
  )`;
}
