import { isCheckViolation, type SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';

import { type Booking, hasReturnedCoupon } from '../domain/booking.ts';
import type { BookingPayment } from '../domain/ports.ts';
import { type CityCodes, isInCity } from './city-keys.ts';
import { isoInstant } from './iso-instant.ts';
import { claimForBooking } from './seat-claims.ts';
import { seatLabel } from './seat-label.ts';
import { emitSeatChanges } from './seat-changes.ts';
import { showOf } from './show-of.ts';

/**
 * Confirms the bookings that await these payments, have time left and still have their seats, in one statement.
 *
 * Bookings are locked in the order of their ids, then their seats in the order of theirs. A booking that was paid twice
 * takes one of the payments. @returns the ids of the payments that bought their booking
 */
export async function confirmInTime(tx: SqlTransaction, payments: readonly BookingPayment[]): Promise<Set<string>> {
  const ids = payments.map(({ bookingId }) => bookingId);
  const cities = ids.map((id) => cityCodeOf(id) ?? '');
  const inCity = isInCity('city_code', cities);
  const confirmed = await tx.$queryRaw<{ paymentId: string }[]>`
    WITH paid AS (
      SELECT DISTINCT ON (id) * FROM jsonb_to_recordset(${paymentRows(payments)}::jsonb) AS payment (
        id text, paid_by text, amount bigint, paid_currency text, trace text)
    ), due AS (
      SELECT booking.id, show_id, seat_ids, paid_by, trace
      FROM bookings AS booking JOIN paid ON paid.id = booking.id AND amount = total AND paid_currency = currency
      WHERE ${inCity} AND booking.id = ANY (${ids}) AND status::text = 'PENDING_PAYMENT' AND expires_at > now()
      ORDER BY booking.id FOR UPDATE OF booking
    ), kept AS (
      SELECT show_id, seat_id, booking_id AS id FROM seat_claims
      WHERE ${inCity} AND show_id = ANY (ARRAY (SELECT show_id FROM due))
        AND seat_id = ANY (ARRAY (SELECT unnest(seat_ids) FROM due)) AND booking_id = ANY (ARRAY (SELECT id FROM due))
      ORDER BY show_id, seat_id FOR UPDATE
    ), complete AS MATERIALIZED (
      SELECT id, paid_by, trace FROM due
      WHERE cardinality(seat_ids) = (SELECT count(*) FROM kept WHERE kept.id = due.id)
    ), claimed AS (
      UPDATE seat_claims SET state = 'SOLD', over_state = state, hold_id = NULL, expires_at = NULL
      WHERE ${inCity} AND show_id = ANY (ARRAY (SELECT show_id FROM kept))
        AND seat_id = ANY (ARRAY (SELECT seat_id FROM kept)) AND booking_id = ANY (ARRAY (SELECT id FROM complete))
      RETURNING show_id, seat_id, section, over_state
    ), confirmed AS (
      UPDATE bookings AS booking SET ${CONFIRMED},
        payment_id = (SELECT paid_by FROM complete WHERE complete.id = booking.id)
      WHERE ${inCity} AND id = ANY (ARRAY (SELECT id FROM complete))
      RETURNING *, 'PENDING_PAYMENT' AS previous_status,
        (SELECT trace FROM complete WHERE complete.id = booking.id) AS trace
    ), ${afterConfirmation(cities)}
    SELECT payment_id AS "paymentId" FROM confirmed`;
  return new Set(confirmed.map(({ paymentId }) => paymentId));
}

function paymentRows(payments: readonly BookingPayment[]): string {
  const rows = payments.map(({ bookingId, paymentId, amount, traceparent }) => ({
    ...{ id: bookingId, paid_by: paymentId },
    ...{ amount: amount.amount, paid_currency: amount.currency, trace: traceparent ?? null },
  }));
  return JSON.stringify(rows);
}

/** A booking whose payment came too late, or found a seat missing. */
export interface LateConfirmation {
  /** Locked. */
  readonly booking: Booking;
  readonly paymentId: string;
  /** The most seats of a customer in a show that does not say, for a payment that takes its seats again. */
  readonly maxSeats: number;
}

/** Check constraints that undo a confirmation: a seat or a standing place is missing. */
const MISSING = ['bookings_all_or_none', 'seat_counts_within_total'];

/**
 * Sells the seats to a locked booking and confirms it.
 *
 * @returns false, with nothing changed, when a seat is missing, or the coupon in its price was given back
 */
export async function confirmLate(
  tx: SqlTransaction,
  { booking, paymentId, maxSeats }: LateConfirmation,
): Promise<boolean> {
  const { id, cityCode, status } = booking;
  if (hasReturnedCoupon(booking)) return false;
  await tx.$executeRaw`SAVEPOINT before_confirmation`;
  try {
    await tx.$executeRaw`
      WITH claimed AS (${claimForBooking(booking, maxSeats)}), confirmed AS (
        UPDATE bookings SET ${CONFIRMED}, payment_id = ${paymentId}, claimed_count = (SELECT count(*) FROM claimed)
        WHERE city_code = ${cityCode} AND id = ${id} RETURNING *, ${status}::text AS previous_status, ${currentTraceparent()}::text AS trace
      ), ${afterConfirmation(cityCode)}
      SELECT 1`;
    return true;
  } catch (error) {
    if (!MISSING.some((rule) => isCheckViolation(error, rule))) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_confirmation`;
    return false;
  }
}

/** `refunded` starts from 0: earlier refunds were of payments that did not buy the booking. */
const CONFIRMED = Prisma.sql`status = 'CONFIRMED', version = version + 1, refunded = 0`;

/** A new id of a ticket as `newCityId` makes it, time-ordered; `place` orders the tickets of one booking. */
export const ticketIdOf = (
  bookings: 'confirmed' | 'moved',
): Prisma.Sql => Prisma.sql`${Prisma.raw(bookings)}.city_code || '_tkt_' ||
  lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(place), 3, '0') ||
  right(replace(gen_random_uuid()::text, '-', ''), 16)`;

/** The CTEs after a confirmation, over `claimed` seats and `confirmed` bookings with their previous status and trace. */
function afterConfirmation(cityCode: CityCodes): Prisma.Sql {
  return Prisma.sql`recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'CONFIRMED', jsonb_build_object('paymentId', payment_id) FROM confirmed
    ), issued AS (
      INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status, holder_id)
      SELECT city_code, ${ticketIdOf('confirmed')}, id, show_id, seat ->> 'id', jsonb_build_object('id', seat -> 'id',
        'section', seat -> 'section', 'row', seat -> 'row', 'number', seat -> 'number'), 'ISSUED', customer_id
      FROM confirmed, jsonb_array_elements(seats) WITH ORDINALITY AS booked (seat, place)
    ), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.confirmed', confirmed.id, jsonb_build_object('bookingId', confirmed.id,
        'previousStatus', previous_status, 'customerId', customer_id, 'showId', show_id, 'titleId', title_id,
        'titleName', title_name, 'venueName', venue_name, 'startsAt', ${isoInstant('starts_at')},
        'timeZone', time_zone, 'seats', (
          SELECT jsonb_agg(${seatLabel('seat')} ORDER BY place)
          FROM jsonb_array_elements(seats) WITH ORDINALITY AS booked (seat, place)),
        'total', jsonb_build_object('amount', total, 'currency', currency), 'paymentId', payment_id), trace
      FROM confirmed ${showOf('confirmed', cityCode)}
    ), changed AS (SELECT *, 'SOLD' AS status FROM claimed), ${emitSeatChanges(currentTraceparent(), { cityCode })}`;
}
