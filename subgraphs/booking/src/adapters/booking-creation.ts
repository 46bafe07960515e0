import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import type { SeatHold } from '../domain/hold.ts';
import { fundedCoupon, type ReservedCoupon, toBooked } from '../domain/coupon.ts';
import type { NewBooking } from '../domain/ports.ts';
import { BOOKING_COLUMNS } from './booking-row.ts';
import { spendOnBooking } from './hold-budget.ts';
import { isoInstant } from './iso-instant.ts';
import { seatIdsOf } from './seat-claims.ts';

/** The data of the booking's first event; an expression over its row. */
export const requestedData = Prisma.sql`jsonb_build_object('customerId', customer_id, 'showId', show_id, 'venueId', venue_id,
  'holdId', hold_id, 'seats', seats, 'cancellationTiers', cancellation_tiers, 'expiresAt', ${isoInstant('expires_at')},
  'price', jsonb_build_object('currency', currency, 'subtotal', subtotal, 'fees', fees, 'tax', tax,
    'discount', discount, 'total', total), 'coupon', coupon)`;

/** No booking is made once the reservation of its coupon may be released. */
const whileReserved = (coupon: ReservedCoupon | null): Prisma.Sql =>
  coupon === null ? Prisma.empty : Prisma.sql`AND clock_timestamp() < ${coupon.bookBy}::timestamptz`;

const withCoupon = (coupon: ReservedCoupon | null): Prisma.Sql =>
  coupon === null
    ? Prisma.empty
    : Prisma.sql`|| jsonb_build_object('coupon', ${JSON.stringify(fundedCoupon(toBooked(coupon)))}::jsonb)`;

/** The booking's sale, and to whom it is owed; selected for the row `booked`. */
const saleOfBooked = ({ cityCode, showId }: SeatHold, coupon: ReservedCoupon | null) => Prisma.sql`
  SELECT jsonb_build_object('organisationId', show.organisation_id, 'country', show.country, 'showVersion', show_version,
    'startsAt', ${isoInstant('starts_at')}, 'endsAt', ${isoInstant('ends_at')}, 'subtotal', booked.subtotal,
    'fees', booked.fees, 'tax', booked.tax, 'discount', booked.discount) ${withCoupon(coupon)}
  FROM shows AS show WHERE show.city_code = ${cityCode} AND show.id = ${showId}`;

/**
 * Makes a booking in one statement: consumes the hold, keeps its seats for the time to pay, inserts the booking with its
 * first event and the idempotency key, and emits `booking.requested`.
 *
 * Returns no row when the hold is not active, or its coupon is reserved no longer. Violates `bookings_all_or_none` when it has lost a seat.
 */
export function createStatement(booking: NewBooking): Prisma.Sql {
  const { id, hold, price, paymentSeconds, idempotency, coupon } = booking;
  const { cityCode, showId } = hold;
  const seatIds = seatIdsOf(hold.seats);
  return Prisma.sql`
    WITH consumed AS (
      UPDATE seat_holds AS hold SET status = 'CONSUMED'
      WHERE city_code = ${cityCode} AND id = ${hold.id} AND status = 'ACTIVE' AND expires_at > now() ${whileReserved(coupon)}
        AND assert_may_buy(customer_id, NULL)
      RETURNING *
    ), extended AS (${spendOnBooking(booking)}), term AS (
      SELECT least(now() + make_interval(secs => ${paymentSeconds}::int), (SELECT held_until FROM extended)) AS expires_at
    ), claimed AS (
      UPDATE seat_claims AS claim SET state = 'PENDING', booking_id = ${id}, expires_at = term.expires_at
      FROM consumed, term
      WHERE claim.city_code = ${cityCode} AND claim.show_id = ${showId} AND claim.seat_id = ANY (${seatIds}::text[])
        AND claim.hold_id = consumed.id
      RETURNING claim.seat_id
    ), booked AS (
      INSERT INTO bookings (city_code, id, customer_id, show_id, hold_id, status, version, seats, seat_ids,
        subtotal, fees, tax, discount, total, currency, expires_at, claimed_count, venue_id, cancellation_tiers, coupon)
      SELECT consumed.city_code, ${id}, customer_id, show_id, consumed.id, 'PENDING_PAYMENT', 1, seats, seat_ids,
        ${price.subtotal}::bigint, ${price.fees}::bigint, ${price.tax}::bigint, ${price.discount}::bigint,
        ${price.total}::bigint, ${price.currency}, term.expires_at, (SELECT count(*) FROM claimed),
        venue_id, cancellation_tiers, ${coupon ? JSON.stringify(toBooked(coupon)) : null}::jsonb
      FROM term, consumed JOIN shows ON shows.city_code = ${cityCode} AND shows.id = ${showId}
      RETURNING *
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, 1, 'REQUESTED', ${requestedData} FROM booked
    ), keyed AS (
      INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
      SELECT ${idempotency.caller}, ${idempotency.operation}, ${idempotency.key}, ${idempotency.requestHash}, id
      FROM booked
    ), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.requested', id, jsonb_build_object('bookingId', id,
        'customerId', customer_id, 'showId', show_id, 'expiresAt', ${isoInstant('expires_at')},
        'total', jsonb_build_object('amount', total, 'currency', currency), 'sale', (${saleOfBooked(hold, coupon)})),
        ${currentTraceparent()}
      FROM booked
    )
    SELECT ${BOOKING_COLUMNS} FROM booked`;
}
