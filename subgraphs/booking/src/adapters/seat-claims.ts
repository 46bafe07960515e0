/**
 * Where a double sale is prevented.
 *
 * `seat_claims` has one row for each taken seat of a show, and its primary key `seat_claims_pkey` (city, show, seat)
 * lets only one hold or booking have it. The two statements here insert claims, `reschedule-claims.ts` those of bookings
 * that move, and `blocked-seats.ts` those of nobody. Each takes over an existing claim only when it has expired or is
 * the same buyer's own; expiry is judged by the database clock. Seats are claimed in the order of the bytes of their
 * ids, in which the primary key has them and others lock them.
 *
 * The caller writes the number of claims to `claimed_count` in the same statement. The checks `seat_holds_all_or_none`
 * and `bookings_all_or_none` undo the statement when a seat is missing. The unique index `tickets_one_live_a_seat` is
 * the second guard, and the check `seat_counts_within_total` the third.
 */
import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';

import type { Booking } from '../domain/booking.ts';
import type { HoldClaim } from '../domain/ports.ts';
import { isKeptForWaitlist } from './waitlist-claims.ts';

export const seatIdsOf = (seats: readonly { readonly id: string }[]): string[] => seats.map(({ id }) => id);

const sectionsOf = (seats: readonly { readonly section: string }[]): string[] => seats.map(({ section }) => section);

/** The claims, and the state of those that they took over; null where the seat was free. */
const CLAIMED = Prisma.sql`city_code, show_id, seat_id, section, over_state`;

/**
 * Claims the seats of a new hold.
 *
 * Needs parts of the statement named `replaced`, with the ids of the customer's own holds that give way, and `term`, with
 * the expiry; Postgres finishes both first.
 */
export function claimForHold(claim: HoldClaim): Prisma.Sql {
  const { id, show, customerId, seats, offerTo } = claim;
  return Prisma.sql`
    INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, section, state, hold_id, customer_id, expires_at)
    SELECT ${show.cityCode}, ${show.id}, seat_id, section, 'HELD'::"SeatClaimState", ${id}, ${customerId},
      term.expires_at
    FROM unnest(${seatIdsOf(seats)}::text[], ${sectionsOf(seats)}::text[]) AS seat (seat_id, section), term
    ${offerTo === undefined ? Prisma.sql`WHERE NOT ${isKeptForWaitlist(claim)}` : Prisma.empty}
    ORDER BY seat_id COLLATE "C"
    ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
      SET state = excluded.state, over_state = claim.state, hold_id = excluded.hold_id, booking_id = NULL,
        customer_id = excluded.customer_id, expires_at = excluded.expires_at
      WHERE claim.expires_at <= now() OR (claim.state = 'HELD' AND claim.hold_id IN (SELECT id FROM replaced))
    RETURNING ${CLAIMED}`;
}

/** Whether a seat or standing place is of the show's layout; a condition on `seat_id` and `shows`. */
export const IS_OF_LAYOUT = Prisma.sql`(starts_with(seat_id, '~' || shows.layout_id || '.') OR EXISTS (
  SELECT FROM seat_layouts AS layout WHERE layout.id = shows.layout_id AND jsonb_path_exists(layout.sections,
    '$[*].rows[*].seats[*] ? (@.id == $id)', jsonb_build_object('id', seat_id))))`;

/**
 * Sells the seats to a booking that is paid: its own and, when its deadline has passed, free ones.
 *
 * Past its deadline it sells nothing once the show has begun, no seat that the show has left with its screen, nor more
 * seats than the customer may have in the show.
 *
 * @param maxSeats the most seats of a customer in a show that does not say
 */
export function claimForBooking(booking: Booking, maxSeats: number): Prisma.Sql {
  const { id, cityCode, customerId, showId, seats } = booking;
  return Prisma.sql`
    INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, section, state, booking_id, customer_id)
    SELECT ${cityCode}, ${showId}, seat_id, section, 'SOLD'::"SeatClaimState", ${id}, ${customerId}
    FROM unnest(${seatIdsOf(seats)}::text[], ${sectionsOf(seats)}::text[]) AS seat (seat_id, section)
    WHERE EXISTS (SELECT FROM bookings WHERE city_code = ${cityCode} AND id = ${id} AND expires_at > now())
      OR EXISTS (SELECT FROM shows WHERE city_code = ${cityCode} AND id = ${showId} AND starts_at > now()
        AND cancelled_at IS NULL AND ${IS_OF_LAYOUT} AND ${seats.length} <= coalesce(max_seats_per_customer, ${maxSeats}::int) - (
          SELECT in_show FROM lock_seat_usage(${customerId}, ${cityCode}, ${showId}, '{}')))
    ORDER BY seat_id COLLATE "C"
    ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
      SET state = excluded.state, over_state = claim.state, booking_id = excluded.booking_id,
        customer_id = excluded.customer_id, hold_id = NULL, expires_at = NULL
      WHERE claim.booking_id = excluded.booking_id OR claim.expires_at <= now()
    RETURNING ${CLAIMED}`;
}

/**
 * Locks claims in the order that every statement locks them, before a statement that frees them in any order.
 *
 * @param condition on `seat_claims`
 */
export async function lockClaims(tx: SqlTransaction, condition: Prisma.Sql): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM seat_claims WHERE ${condition} ORDER BY city_code, show_id, seat_id FOR UPDATE`;
}
