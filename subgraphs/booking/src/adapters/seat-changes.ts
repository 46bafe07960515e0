import { Prisma } from '@marquee/prisma-booking';

import { type CityCodes, isInCity } from './city-keys.ts';

/** Leaves out claims of standing places, of which there may be thousands: their ids begin with `~`, others with a letter. */
export const SEATED = Prisma.sql`seat_id < '~'`;

/** By how many the seats of `changed` that are held, sold and blocked grow or shrink. */
const DELTAS = Prisma.sql`
  count(*) FILTER (WHERE status = 'HELD')::int - count(*) FILTER (WHERE over_state IN ('HELD', 'PENDING'))::int AS held,
  count(*) FILTER (WHERE status = 'SOLD')::int - count(*) FILTER (WHERE over_state = 'SOLD')::int AS sold,
  count(*) FILTER (WHERE status = 'BLOCKED')::int - count(*) FILTER (WHERE over_state = 'BLOCKED')::int AS blocked`;

/** Whether no place is left, as the counts of a show's row say. */
const isSoldOut = (sold: Prisma.Sql, blocked: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`seat_count > 0 AND ${sold} + ${blocked} >= seat_count`;

/**
 * Ends every statement that changes seats: counts them in the show and its sections, increments the show's seat map
 * version, and emits `booking.seats-changed` and, when the show is sold out or no longer, the change of it.
 *
 * Follows a part of the statement named `changed` with the columns show_id, seat_id, section, over_state (the state of
 * the claim before; null where the seat was free) and status. Shows are locked last and in order, so that
 * statements that wait for each other's seats do not deadlock; a section is counted under the lock of its show.
 *
 * @param of the cities of all that changed, and the show where there is only one
 */
export function emitSeatChanges(
  traceparent: string | null,
  { cityCode, id }: { readonly cityCode: CityCodes; readonly id?: string },
): Prisma.Sql {
  const inCity = isInCity('city_code', cityCode);
  const locked = Prisma.sql`locked_shows AS (
    SELECT id FROM shows WHERE ${inCity} AND id = ANY (ARRAY (SELECT show_id FROM changes)) ORDER BY id FOR UPDATE
  ),`;
  const isLocked = id === undefined ? Prisma.sql`= ANY (ARRAY (SELECT id FROM locked_shows))` : Prisma.sql`= ${id}`;
  return Prisma.sql`changes AS (
    SELECT show_id, coalesce(jsonb_agg(jsonb_build_object('id', seat_id, 'status', status))
      FILTER (WHERE ${SEATED}), '[]') AS seats, ${DELTAS}
    FROM changed GROUP BY show_id
  ), ${id === undefined ? locked : Prisma.empty} versioned AS (
    UPDATE shows SET seat_map_version = seat_map_version + 1, held_count = held_count + held,
      sold_count = sold_count + sold, blocked_count = blocked_count + blocked,
      sold_out = ${isSoldOut(Prisma.sql`sold_count + sold`, Prisma.sql`blocked_count + blocked`)}
    FROM changes WHERE ${inCity} AND shows.id = show_id AND shows.id ${isLocked}
    RETURNING shows.id, seat_map_version, seats, sold_out,
      ${isSoldOut(Prisma.sql`sold_count - sold`, Prisma.sql`blocked_count - blocked`)} AS was_sold_out
  ), counted AS (
    UPDATE seat_counts AS count SET held_count = held_count + held, sold_count = sold_count + sold,
      blocked_count = blocked_count + blocked
    FROM (
      SELECT show_id, section, ${DELTAS} FROM changed JOIN versioned ON versioned.id = show_id GROUP BY show_id, section
    ) AS change
    WHERE ${inCity} AND count.show_id = change.show_id AND count.section = change.section AND count.show_id ${isLocked}
  ), seat_changes_emitted AS (
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.seats-changed', id,
      jsonb_build_object('showId', id, 'version', seat_map_version, 'seats', seats), ${traceparent}
    FROM versioned
    UNION ALL
    SELECT gen_random_uuid(), 'booking.show-availability-changed', id,
      jsonb_build_object('showId', id, 'soldOut', sold_out), ${traceparent}
    FROM versioned WHERE sold_out <> was_sold_out
  )`;
}

/** The columns of `changed` for claims that a DELETE frees, as its RETURNING; `claim` is their table. */
export const FREED = Prisma.sql`claim.city_code, claim.show_id, claim.seat_id, claim.section,
  claim.state AS over_state, 'AVAILABLE' AS status`;
