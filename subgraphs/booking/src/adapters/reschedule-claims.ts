import { Prisma } from '@marquee/prisma-booking';

import type { Reschedule } from '../domain/reschedule.ts';
import { seatIdsOf } from './seat-claims.ts';
import { isKeptForWaitlist } from './waitlist-claims.ts';

/**
 * Claims the seats of another show for a booking. A claim past its time is taken over, and so is the booking's own.
 *
 * @param state PENDING until the difference is paid, SOLD when the booking moves
 * @param when parts of the statement, with conditions; without a row it claims nothing
 * @param expiresAt an expression over `when`
 */
export function claimForReschedule(
  { booking: { id, cityCode, customerId }, to }: Reschedule,
  state: 'PENDING' | 'SOLD',
  when: Prisma.Sql,
  expiresAt: Prisma.Sql,
): Prisma.Sql {
  const sections = to.seats.map(({ section }) => section);
  return Prisma.sql`
    INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, section, state, booking_id, customer_id, expires_at)
    SELECT ${cityCode}, ${to.showId}, seat_id, seat.section, ${state}::"SeatClaimState", ${id}, ${customerId}, ${expiresAt}
    FROM unnest(${seatIdsOf(to.seats)}::text[], ${sections}::text[]) AS seat (seat_id, section), ${when}
    ORDER BY seat_id COLLATE "C"
    ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
      SET state = excluded.state, over_state = claim.state, booking_id = excluded.booking_id, hold_id = NULL,
        customer_id = excluded.customer_id, expires_at = excluded.expires_at
      WHERE claim.booking_id = excluded.booking_id OR claim.expires_at <= now()
    RETURNING city_code, show_id, seat_id, section, over_state`;
}

/**
 * Whether the customer may have the seats in the other show, and nobody waits for them; a condition over `usage`. It violates
 * a check of `assert_may_buy` when buying is paused for them.
 */
export function mayTake({ booking: { customerId, cityCode }, to }: Reschedule, maxSeats: number): Prisma.Sql {
  const show = { cityCode, id: to.showId };
  return Prisma.sql`usage.in_show + ${to.seats.length}::int <= seats_allowed(${customerId}, ${maxSeats}::int)
    AND NOT ${isKeptForWaitlist({ show, seats: to.seats })} AND assert_may_buy(${customerId}, NULL)`;
}

/** Locks a booking that has not changed since, while the other show is on sale as it was read. */
export function lockForReschedule({ booking, to }: Reschedule, showVersion: number): Prisma.Sql {
  const { id, cityCode, version } = booking;
  return Prisma.sql`
    SELECT booking.* FROM bookings AS booking
    WHERE booking.city_code = ${cityCode} AND booking.id = ${id} AND booking.version = ${version}
      AND booking.status = 'CONFIRMED' AND EXISTS (
        SELECT FROM shows WHERE shows.city_code = ${cityCode} AND shows.id = ${to.showId}
          AND shows.show_version = ${showVersion} AND starts_at > now() AND cancelled_at IS NULL)
    FOR UPDATE OF booking`;
}
