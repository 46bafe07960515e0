import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import { isoInstant } from './iso-instant.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';

/**
 * Cancels bookings that are paid or await payment: voids their tickets, frees their seats, asks for their refunds, and
 * emits `booking.cancelled`.
 *
 * @param condition on `bookings`
 * @param reason for the customers; an expression over `shows`
 */
export function cancelStatement(condition: Prisma.Sql, reason: Prisma.Sql): Prisma.Sql {
  const traceparent = currentTraceparent();
  return Prisma.sql`
    WITH live AS (
      SELECT city_code, id, status FROM bookings
      WHERE ${condition} AND status IN ('PENDING_PAYMENT', 'CONFIRMED') FOR UPDATE
    ), updated AS (
      UPDATE bookings AS booking
      SET status = 'CANCELLED', version = version + CASE live.status WHEN 'CONFIRMED' THEN 2 ELSE 1 END,
        refund_requested = CASE live.status WHEN 'CONFIRMED' THEN total - refunded ELSE 0 END
      FROM live WHERE booking.city_code = live.city_code AND booking.id = live.id
      RETURNING booking.*, live.status AS previous_status
    ), cancelled AS (
      SELECT updated.*, title_name, venue_name, starts_at, time_zone, ${reason} AS reason,
        CASE previous_status WHEN 'CONFIRMED'
          THEN jsonb_build_object('amount', total - refunded, 'currency', currency) END AS refund
      FROM updated JOIN shows ON shows.city_code = updated.city_code AND shows.id = updated.show_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version - (refund IS NOT NULL)::int, 'CANCELLED'::"BookingEventType",
        jsonb_build_object('reason', reason, 'seatIds', seat_ids, 'refund', refund_requested) FROM cancelled
      UNION ALL
      SELECT city_code, id, version, 'REFUND_REQUESTED', jsonb_build_object('paymentId', payment_id, 'amount', refund->'amount', 'reason', reason)
      FROM cancelled WHERE refund IS NOT NULL
    ), voided AS (
      UPDATE tickets SET status = 'CANCELLED' FROM cancelled
      WHERE tickets.city_code = cancelled.city_code AND tickets.booking_id = cancelled.id
    ), freed AS (
      DELETE FROM seat_claims AS claim USING cancelled
      WHERE claim.city_code = cancelled.city_code AND claim.show_id = cancelled.show_id
        AND claim.booking_id = cancelled.id
      RETURNING ${FREED}
    ), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.cancelled', id, jsonb_build_object('bookingId', id,
        'previousStatus', previous_status, 'customerId', customer_id, 'showId', show_id, 'titleName', title_name,
        'venueName', venue_name, 'startsAt', ${isoInstant('starts_at')}, 'timeZone', time_zone, 'reason', reason,
        'refund', refund), ${traceparent} FROM cancelled
      UNION ALL
      SELECT gen_random_uuid(), 'booking.refund-required', id, jsonb_build_object('bookingId', id,
        'customerId', customer_id, 'paymentId', payment_id, 'amount', refund,
        'parts', jsonb_build_object('subtotal', subtotal, 'fees', fees, 'tax', tax, 'discount', discount),
        'refundTo', 'SOURCE', 'reason', 'The booking was cancelled.'), ${traceparent}
      FROM cancelled WHERE refund IS NOT NULL
    ), changed AS (TABLE freed), ${emitSeatChanges(traceparent)}
    SELECT 1`;
}
