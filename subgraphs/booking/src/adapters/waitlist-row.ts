import { Prisma } from '@marquee/prisma-booking';

/** An offer's status, by its hold and the booking of it. */
const STATUS = Prisma.sql`CASE WHEN entry.status <> 'OFFERED' THEN entry.status::text
  WHEN booking.status IN ('PENDING_PAYMENT', 'NEEDS_REVIEW') THEN 'OFFERED'
  WHEN booking.status = 'EXPIRED' THEN 'OFFER_EXPIRED' WHEN booking.status IS NOT NULL THEN 'PURCHASED'
  WHEN hold.status = 'ACTIVE' AND hold.expires_at > now() THEN 'OFFERED' ELSE 'OFFER_EXPIRED' END`;

const POSITION = Prisma.sql`CASE WHEN entry.status = 'WAITING' THEN (SELECT count(*)::int + 1
  FROM waitlist_entries AS earlier WHERE earlier.city_code = entry.city_code AND earlier.show_id = entry.show_id
    AND earlier.status = 'WAITING' AND earlier.arrival < entry.arrival) END`;

/**
 * Entries as they are now; conditions on `entry` follow.
 *
 * @param entries a `FROM` item named `entry`
 * @param position an expression over `entry`
 */
export const selectEntries = (
  entries: Prisma.Sql = Prisma.sql`waitlist_entries AS entry`,
  position: Prisma.Sql = POSITION,
): Prisma.Sql => Prisma.sql`
  SELECT entry.id, entry.city_code AS "cityCode", entry.show_id AS "showId", entry.customer_id AS "customerId",
    entry.email_verified AS "emailVerified", party_size AS "partySize", tier_id AS "tierId", entry.hold_id AS "holdId",
    ${STATUS} AS status, ${position} AS position
  FROM ${entries}
  LEFT JOIN LATERAL (
    SELECT * FROM seat_holds WHERE city_code = entry.city_code AND id = entry.hold_id OFFSET 0) AS hold ON true
  LEFT JOIN LATERAL (
    SELECT * FROM bookings WHERE city_code = entry.city_code AND hold_id = entry.hold_id OFFSET 0) AS booking ON true`;
