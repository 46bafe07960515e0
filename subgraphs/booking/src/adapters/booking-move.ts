import { keyInsert } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import type { AppliedPayment } from '../domain/booking.ts';
import { differenceOf, type Reschedule, settlementOf } from '../domain/reschedule.ts';
import { ticketIdOf } from './booking-confirmation.ts';
import { CHANGED_BOOKING } from './booking-row.ts';
import { isoInstant } from './iso-instant.ts';
import type { RescheduleTerms } from './kept-reschedules.ts';
import { claimForReschedule, lockForReschedule, mayTake } from './reschedule-claims.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';
import { seatLabel } from './seat-label.ts';
import { IS_OF_LAYOUT, seatIdsOf } from './seat-claims.ts';
import { showOf } from './show-of.ts';

/** How a booking moves: at once, by its terms, or because the difference was paid for the seats that were kept. */
export type Move = { readonly terms: RescheduleTerms } | { readonly payment: AppliedPayment };

/**
 * Moves a booking to another show in one statement: sells it the seats there and frees its old ones, replaces its tickets,
 * gives back what it paid too much, and emits `booking.rescheduled`.
 *
 * Returns no row, with nothing changed, when the booking, a ticket or the show has changed since. Violates
 * `bookings_all_or_none` when a seat is taken or the customer would have too many.
 */
export function moveStatement(change: Reschedule, how: Move): Prisma.Sql {
  const { booking, tickets, to } = change;
  const { id, cityCode, customerId } = booking;
  const payment = 'payment' in how ? how.payment : null;
  const { payments, refunds } = settlementOf(change, payment);
  const difference = differenceOf(change);
  const hasRefund = refunds.length > 0;
  const { price } = to;
  const data = JSON.stringify({ ...to, payment });
  const traceparent = currentTraceparent();
  const [live, usage] =
    'terms' in how
      ? [
          lockForReschedule(change, how.terms.showVersion),
          Prisma.sql`SELECT usage.* FROM due, lock_seat_usage(${customerId}, ${cityCode}, ${to.showId}, '{}') AS usage
            WHERE ${mayTake(change, how.terms.maxSeats)}`,
        ]
      : [
          Prisma.sql`SELECT * FROM bookings WHERE city_code = ${cityCode} AND id = ${id} AND version = ${booking.version}
            AND status = 'CONFIRMED' AND ${canStillMove(change)} FOR UPDATE`,
          Prisma.sql`SELECT 1 FROM due`,
        ];
  const keyed =
    'terms' in how
      ? Prisma.sql`keyed AS (${keyInsert(how.terms.idempotency, CHANGED_BOOKING, Prisma.sql`moved`)}),`
      : Prisma.empty;
  return Prisma.sql`
    WITH live AS MATERIALIZED (${live}), valid_tickets AS MATERIALIZED (
      SELECT ticket.id FROM live JOIN tickets AS ticket
        ON ticket.city_code = ${cityCode} AND ticket.booking_id = live.id
          AND ticket.id = ANY (${tickets.map((ticket) => ticket.id)}::text[])
          AND ticket.status = 'ISSUED' AND ticket.holder_id = live.customer_id
      ORDER BY ticket.id FOR UPDATE OF ticket
    ), due AS MATERIALIZED (
      SELECT live.* FROM live WHERE ${tickets.length}::int = (SELECT count(*) FROM valid_tickets)
    ), usage AS MATERIALIZED (${usage}), claimed AS (${claimForReschedule(change, 'SOLD', Prisma.sql`usage`, Prisma.sql`NULL::timestamptz`)}),
    voided AS (
      UPDATE tickets AS ticket SET status = 'CANCELLED' FROM due, valid_tickets AS valid
      WHERE ticket.city_code = ${cityCode} AND ticket.id = valid.id
      RETURNING ticket.id
    ), withdrawn AS (
      UPDATE ticket_transfers AS transfer SET status = 'CANCELLED', to_address = NULL FROM voided
      WHERE transfer.city_code = ${cityCode} AND transfer.ticket_id = voided.id AND transfer.status = 'PENDING'
    ), locked AS MATERIALIZED (
      SELECT claim.show_id, claim.seat_id FROM due JOIN seat_claims AS claim
        ON claim.city_code = ${cityCode} AND claim.show_id = due.show_id AND claim.booking_id = due.id
      ORDER BY claim.show_id, claim.seat_id FOR UPDATE OF claim
    ), freed AS (
      DELETE FROM seat_claims AS claim USING locked
      WHERE claim.city_code = ${cityCode} AND claim.show_id = locked.show_id AND claim.seat_id = locked.seat_id
      RETURNING ${FREED}
    ), moved AS (
      UPDATE bookings AS booking SET version = booking.version + 1 + ${hasRefund ? 1 : 0}::int, show_id = ${to.showId},
        venue_id = ${to.venueId}, seats = ${JSON.stringify(to.seats)}::jsonb, seat_ids = ${seatIdsOf(to.seats)}::text[],
        subtotal = ${price.subtotal}::bigint, fees = ${price.fees}::bigint, tax = ${price.tax}::bigint,
        discount = ${price.discount}::bigint, total = ${price.total}::bigint,
        coupon = coalesce(${to.coupon ? JSON.stringify(to.coupon) : null}::jsonb, booking.coupon),
        refunded = booking.refunded + least(0, ${difference}::bigint), payments = ${JSON.stringify(payments)}::jsonb,
        pending_reschedule = NULL, free_cancellation_until = NULL, claimed_count = (SELECT count(*) FROM claimed)
      FROM due WHERE booking.city_code = ${cityCode} AND booking.id = due.id
      RETURNING booking.*, due.show_id AS previous_show_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version - ${hasRefund ? 1 : 0}::int, 'RESCHEDULED'::"BookingEventType", ${data}::jsonb FROM moved
      UNION ALL
      SELECT city_code, id, version, 'REFUND_REQUESTED',
        jsonb_build_object('refunds', ${JSON.stringify(refunds)}::jsonb, 'refundTo', 'SOURCE')
      FROM moved WHERE ${hasRefund}
    ), issued AS (
      INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status, holder_id)
      SELECT city_code, ${ticketIdOf('moved')}, id, show_id, seat ->> 'id', jsonb_build_object('id', seat -> 'id',
        'section', seat -> 'section', 'row', seat -> 'row', 'number', seat -> 'number'), 'ISSUED', customer_id
      FROM moved, jsonb_array_elements(seats) WITH ORDINALITY AS booked (seat, place)
    ), ${keyed} emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.rescheduled', moved.id, jsonb_build_object('bookingId', moved.id,
        'customerId', customer_id, 'previousShowId', previous_show_id, 'showId', show_id, 'titleName', title_name,
        'show', jsonb_build_object('organisationId', organisation_id, 'endsAt', ${isoInstant('ends_at')},
          'showVersion', show_version),
        'venueName', venue_name, 'startsAt', ${isoInstant('starts_at')}, 'timeZone', time_zone, 'seats', (
          SELECT jsonb_agg(${seatLabel('seat')}) FROM jsonb_array_elements(seats) AS seat),
        'priceDifference', jsonb_build_object('amount', ${difference}::bigint, 'currency', currency)), ${traceparent}
      FROM moved ${showOf('moved', cityCode)}
      UNION ALL
      SELECT gen_random_uuid(), 'booking.refund-required', moved.id, jsonb_build_object('bookingId', moved.id,
        'customerId', customer_id, 'paymentId', source->'paymentId',
        'amount', jsonb_build_object('amount', source->'amount', 'currency', currency), 'parts', source->'parts',
        'refundTo', 'SOURCE', 'reason', 'The booking was moved to a cheaper show.'), ${traceparent}
      FROM moved, jsonb_array_elements(${JSON.stringify(refunds)}::jsonb) AS source
    ), changed AS (SELECT *, 'SOLD' AS status FROM claimed UNION ALL TABLE freed), ${emitSeatChanges(traceparent, { cityCode })}
    SELECT id, version FROM moved`;
}

/** Whether the show of the kept seats is to come, and has not left them with its screen. */
function canStillMove({ booking: { cityCode }, to }: Reschedule): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM shows WHERE shows.city_code = ${cityCode} AND shows.id = ${to.showId}
    AND starts_at > now() AND cancelled_at IS NULL
    AND (SELECT bool_and(${IS_OF_LAYOUT}) FROM unnest(${seatIdsOf(to.seats)}::text[]) AS seat (seat_id)))`;
}
