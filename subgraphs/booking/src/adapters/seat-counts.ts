/**
 * How many seats of a show are free.
 *
 * Statements that change claims change the counts with them (`seat-changes.ts`), so nobody counts seats. A claim past its
 * time is counted as held until it is freed or taken over; whoever reads the counts takes those few away, so that a late
 * sweep changes nothing. A cancelled show has nothing available.
 */
import { Prisma } from '@marquee/prisma-booking';

import { rowsOf } from './city-keys.ts';
import { showOf } from './show-of.ts';

/** Claims past their time; conditions on `claim` follow. */
const EXPIRED = Prisma.sql`SELECT count(*)::int FROM seat_claims AS claim WHERE claim.expires_at <= now()`;

/** The counts of the shows with these ids. */
export const countsOf = (ids: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT shows.id, seat_count AS total, held_count - expired AS held, sold_count AS sold, blocked_count AS blocked,
    CASE WHEN cancelled_at IS NULL THEN seat_count - held_count + expired - sold_count - blocked_count ELSE 0 END AS available
  FROM ${rowsOf('shows', ids)} CROSS JOIN LATERAL (
    ${EXPIRED} AND claim.city_code = shows.city_code AND claim.show_id = shows.id) AS past (expired)`;

/** The availability of the shows with these ids. */
export function availabilityStatement(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT id AS "showId", total, available, held, sold
    FROM (${countsOf(ids)}) AS counts`;
}

/** The free seats of a show's price tier, of all its tiers when null. */
export function availableStatement(cityCode: string, showId: string, tierName: string | null): Prisma.Sql {
  return Prisma.sql`
    SELECT coalesce(sum(count.total_count - count.held_count + expired - count.sold_count - count.blocked_count), 0)::int AS available
    FROM seat_counts AS count
    ${showOf('count')}
    CROSS JOIN LATERAL (
      ${EXPIRED} AND claim.city_code = count.city_code AND claim.show_id = count.show_id
        AND claim.section = count.section) AS past (expired)
    WHERE count.city_code = ${cityCode} AND count.show_id = ${showId} AND cancelled_at IS NULL
      AND (${tierName}::text IS NULL OR tier_name = ${tierName})`;
}

/** The free places of each section of shows. */
export function freeInSectionsStatement(showIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT seat_counts.show_id AS "showId", section,
      total_count - held_count + expired - sold_count - blocked_count AS free
    FROM ${rowsOf('seat_counts', showIds, 'show_id')} CROSS JOIN LATERAL (
      ${EXPIRED} AND claim.city_code = seat_counts.city_code AND claim.show_id = seat_counts.show_id
        AND claim.section = seat_counts.section) AS past (expired)`;
}

/**
 * The part of a statement that counts the seats of shows anew, of which none is taken.
 *
 * @param shows a part of the statement with city_code, id and layout_id
 */
export function countSections(shows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`sections AS (
    INSERT INTO seat_counts (city_code, show_id, section, tier_name, total_count)
    SELECT city_code, ${shows}.id, name, "tierName", total
    FROM ${shows}
    JOIN seat_layouts AS layout ON layout.id = layout_id
    CROSS JOIN LATERAL jsonb_to_recordset(layout.sections) AS section (name text, "tierName" text, rows jsonb,
      "standingCapacity" int)
    CROSS JOIN LATERAL (
      SELECT (coalesce(sum(jsonb_array_length(line -> 'seats')), 0) + coalesce("standingCapacity", 0))::int
      FROM jsonb_array_elements(section.rows) AS line
    ) AS places (total)
  )`;
}
