import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import type { NewBooking } from '../domain/ports.ts';
import { BOOKING_COLUMNS } from './booking-row.ts';
import { spendOnBooking } from './hold-budget.ts';
import { isoInstant } from './iso-instant.ts';

/** The data of the booking's first event; an expression over its row. */
export const requestedData = Prisma.sql`jsonb_build_object('customerId', customer_id, 'showId', show_id, 'venueId', venue_id,
  'holdId', hold_id, 'seats', seats, 'cancellationTiers', cancellation_tiers, 'expiresAt', ${isoInstant('expires_at')},
  'price', jsonb_build_object('currency', currency, 'subtotal', subtotal, 'fees', fees, 'tax', tax,
    'discount', discount, 'total', total))`;

/** The booking's sale, and to whom it is owed; selected for the row `booked`. */
const saleOfBooked = Prisma.sql`
  SELECT jsonb_build_object('organisationId', show.organisation_id, 'country', show.country, 'showVersion', show_version,
    'startsAt', ${isoInstant('starts_at')}, 'endsAt', ${isoInstant('ends_at')}, 'subtotal', booked.subtotal,
    'fees', booked.fees, 'tax', booked.tax, 'discount', booked.discount)
  FROM shows AS show WHERE show.city_code = booked.city_code AND show.id = booked.show_id`;

/**
 * Makes a booking in one statement: consumes the hold, keeps its seats for the time to pay, inserts the booking with its
 * first event and the idempotency key, and emits `booking.requested`.
 *
 * Returns no row when the hold is not active or has lost a seat. Violates `bookings_all_or_none` when it loses one while
 * the statement waits for it.
 */
export function createStatement(booking: NewBooking): Prisma.Sql {
  const { id, hold, price, paymentSeconds, idempotency } = booking;
  const { cityCode } = hold;
  return Prisma.sql`
    WITH consumed AS (
      UPDATE seat_holds AS hold SET status = 'CONSUMED'
      WHERE city_code = ${cityCode} AND id = ${hold.id} AND status = 'ACTIVE' AND expires_at > now()
        AND cardinality(seat_ids) = (
          SELECT count(*) FROM seat_claims
          WHERE city_code = ${cityCode} AND show_id = ${hold.showId} AND hold_id = ${hold.id})
      RETURNING *
    ), extended AS (${spendOnBooking(booking)}), term AS (
      SELECT least(now() + make_interval(secs => ${paymentSeconds}::int), (SELECT held_until FROM extended)) AS expires_at
    ), claimed AS (
      UPDATE seat_claims AS claim SET state = 'PENDING', booking_id = ${id}, expires_at = term.expires_at
      FROM consumed, term
      WHERE claim.city_code = consumed.city_code AND claim.show_id = consumed.show_id AND claim.hold_id = consumed.id
      RETURNING claim.seat_id
    ), booked AS (
      INSERT INTO bookings (city_code, id, customer_id, show_id, hold_id, status, version, seats, seat_ids,
        subtotal, fees, tax, discount, total, currency, expires_at, claimed_count, venue_id, cancellation_tiers)
      SELECT consumed.city_code, ${id}, customer_id, show_id, consumed.id, 'PENDING_PAYMENT', 1, seats, seat_ids,
        ${price.subtotal}::bigint, ${price.fees}::bigint, ${price.tax}::bigint, ${price.discount}::bigint,
        ${price.total}::bigint, ${price.currency}, term.expires_at, (SELECT count(*) FROM claimed),
        venue_id, cancellation_tiers
      FROM term, consumed JOIN shows ON shows.city_code = consumed.city_code AND shows.id = consumed.show_id
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
        'total', jsonb_build_object('amount', total, 'currency', currency), 'sale', (${saleOfBooked})),
        ${currentTraceparent()}
      FROM booked
    )
    SELECT ${BOOKING_COLUMNS} FROM booked`;
}
