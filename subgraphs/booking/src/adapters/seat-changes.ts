import { Prisma } from '@marquee/prisma-booking';

import type { Show } from '../domain/show.ts';

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
 * Follows a part of the statement named `changed` with the columns city_code, show_id, seat_id, section, over_state (the
 * state of the claim before; null where the seat was free) and status. Shows are locked last and in order, so that
 * statements that wait for each other's seats do not deadlock; a section is counted under the lock of its show.
 *
 * @param show the show of all changes, where there is one: Postgres then opens the tables of its city's partition alone
 */
export function emitSeatChanges(traceparent: string | null, show?: Pick<Show, 'cityCode' | 'id'>): Prisma.Sql {
  const ofShow = (cityCode: string, showId: string): Prisma.Sql =>
    show
      ? Prisma.sql`AND ${Prisma.raw(cityCode)} = ${show.cityCode} AND ${Prisma.raw(showId)} = ${show.id}`
      : Prisma.empty;
  return Prisma.sql`versioned AS (
    UPDATE shows SET seat_map_version = seat_map_version + 1, held_count = held_count + held,
      sold_count = sold_count + sold, blocked_count = blocked_count + blocked,
      sold_out = ${isSoldOut(Prisma.sql`sold_count + sold`, Prisma.sql`blocked_count + blocked`)}
    FROM (
      SELECT city_code, show_id, coalesce(jsonb_agg(jsonb_build_object('id', seat_id, 'status', status))
          FILTER (WHERE ${SEATED}), '[]') AS seats, ${DELTAS}
      FROM changed GROUP BY city_code, show_id ORDER BY city_code, show_id
    ) AS change
    WHERE shows.city_code = change.city_code AND shows.id = change.show_id ${ofShow('shows.city_code', 'shows.id')}
    RETURNING shows.city_code, shows.id, seat_map_version, seats, sold_out,
      ${isSoldOut(Prisma.sql`sold_count - sold`, Prisma.sql`blocked_count - blocked`)} AS was_sold_out
  ), counted AS (
    UPDATE seat_counts AS count SET held_count = held_count + held, sold_count = sold_count + sold,
      blocked_count = blocked_count + blocked
    FROM (
      SELECT changed.city_code, show_id, section, ${DELTAS}
      FROM changed JOIN versioned ON versioned.city_code = changed.city_code AND versioned.id = show_id
      GROUP BY changed.city_code, show_id, section
    ) AS change
    WHERE count.city_code = change.city_code AND count.show_id = change.show_id AND count.section = change.section
      ${ofShow('count.city_code', 'count.show_id')}
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
