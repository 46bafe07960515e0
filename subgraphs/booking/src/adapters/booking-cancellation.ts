import { type IdempotencyRow, keyInsert } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import type { Cancellation } from '../domain/cancellation.ts';
import { refundSources } from '../domain/refund-sources.ts';
import { CHANGED_BOOKING } from './booking-row.ts';
import { isoInstant } from './iso-instant.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';
import { seatLabel } from './seat-label.ts';
import { showOf } from './show-of.ts';
import { emitPassedOnTicketsChanged } from './ticket-events.ts';

/**
 * Cancels tickets, or bookings that await payment, in one statement: voids the tickets and their offers to others, frees
 * their seats, records the events, asks for the refunds and emits `booking.cancelled`.
 *
 * Returns the bookings that it changed. One that has changed since the cancellation was decided, or of which a ticket can
 * no longer be cancelled, stays as it is. Locks are taken in one order: bookings, tickets, seats, shows.
 *
 * @param cityCode the city of the bookings
 * @param idempotency the customer's request; null for those of venues and disputes
 */
export function cancelStatement(
  cityCode: string,
  cancellations: readonly Cancellation[],
  idempotency: IdempotencyRow | null = null,
): Prisma.Sql {
  const traceparent = currentTraceparent();
  return Prisma.sql`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(cancellations.map(inputOf))}::jsonb) AS input (
        id text, version int, ticket_ids text[], seat_ids text[], status "BookingStatus",
        refund bigint, fee bigint, refunds jsonb, refund_to text, cancelled_by text, reason text)
    ), live AS MATERIALIZED (
      SELECT booking.status AS previous_status, booking.customer_id, booking.show_id, input.*
      FROM input JOIN bookings AS booking ON booking.city_code = ${cityCode} AND booking.id = input.id
        AND booking.version = input.version
      ORDER BY booking.id FOR UPDATE OF booking
    ), valid_tickets AS MATERIALIZED (
      SELECT ticket.id, ticket.booking_id FROM live JOIN tickets AS ticket
        ON ticket.city_code = ${cityCode} AND ticket.booking_id = live.id AND ticket.id = ANY (live.ticket_ids)
          AND (ticket.status = 'ISSUED' AND ticket.holder_id = live.customer_id
            OR live.cancelled_by <> 'CUSTOMER' AND ticket.status <> 'CANCELLED')
      ORDER BY ticket.id FOR UPDATE OF ticket
    ), due AS MATERIALIZED (
      SELECT live.* FROM live WHERE cardinality(ticket_ids) = (
        SELECT count(*) FROM valid_tickets WHERE valid_tickets.booking_id = live.id)
    ), voided AS (
      UPDATE tickets AS ticket SET status = 'CANCELLED' FROM due, valid_tickets AS valid
      WHERE valid.booking_id = due.id AND ticket.city_code = ${cityCode} AND ticket.id = valid.id
      RETURNING ticket.id AS ticket_id, ticket.show_id, ticket.booking_id, ticket.holder_id
    ), withdrawn AS (
      UPDATE ticket_transfers AS transfer SET status = 'CANCELLED', to_address = NULL FROM voided
      WHERE transfer.city_code = ${cityCode} AND transfer.ticket_id = voided.ticket_id AND transfer.status = 'PENDING'
    ), locked AS MATERIALIZED (
      SELECT claim.show_id, claim.seat_id FROM due JOIN seat_claims AS claim
        ON claim.city_code = ${cityCode} AND claim.booking_id = due.id
          AND (claim.show_id <> due.show_id OR claim.seat_id = ANY (due.seat_ids))
      ORDER BY claim.show_id, claim.seat_id FOR UPDATE OF claim
    ), freed AS (
      DELETE FROM seat_claims AS claim USING locked
      WHERE claim.city_code = ${cityCode} AND claim.show_id = locked.show_id AND claim.seat_id = locked.seat_id
      RETURNING ${FREED}
    ), cancelled AS (
      UPDATE bookings AS booking SET status = due.status, version = booking.version + 1 + (due.refund > 0)::int,
        refund_requested = refund_requested + due.refund, pending_reschedule = NULL
      FROM due WHERE booking.city_code = ${cityCode} AND booking.id = due.id
      RETURNING booking.city_code, booking.id, booking.version, booking.currency, due.previous_status, due.status,
        due.customer_id, due.show_id, due.seat_ids, due.refund, due.fee, due.refunds, due.refund_to, due.cancelled_by,
        due.reason, booking.seats
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version - (refund > 0)::int, 'CANCELLED'::"BookingEventType", jsonb_build_object(
        'seatIds', seat_ids, 'refund', refund, 'fee', fee, 'by', cancelled_by, 'reason', reason) FROM cancelled
      UNION ALL
      SELECT city_code, id, version, 'REFUND_REQUESTED', jsonb_build_object('refunds', refunds, 'refundTo', refund_to)
      FROM cancelled WHERE refund > 0
    ), ${keyed(idempotency)} emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.cancelled', cancelled.id, jsonb_build_object('bookingId', cancelled.id,
        'previousStatus', previous_status, 'status', status, 'by', cancelled_by, 'customerId', customer_id,
        'showId', show_id, 'titleName', title_name, 'venueName', venue_name, 'startsAt', ${isoInstant('starts_at')},
        'timeZone', time_zone, 'reason', reason, 'refundTo', refund_to, 'seats', (
          SELECT coalesce(jsonb_agg(${seatLabel('seat')}), '[]') FROM jsonb_array_elements(seats) AS seat
          WHERE seat->>'id' = ANY (seat_ids)),
        'refund', CASE WHEN refund > 0 THEN jsonb_build_object('amount', refund, 'currency', currency) END),
        ${traceparent}
      FROM cancelled ${showOf('cancelled', cityCode)}
      UNION ALL
      SELECT gen_random_uuid(), 'booking.refund-required', cancelled.id, jsonb_build_object('bookingId', cancelled.id,
        'customerId', customer_id, 'paymentId', source->'paymentId',
        'amount', jsonb_build_object('amount', source->'amount', 'currency', currency), 'parts', source->'parts',
        'refundTo', refund_to, 'reason', 'The booking was cancelled.'), ${traceparent}
      FROM cancelled, jsonb_array_elements(refunds) AS source
    ), passed_on AS (
      SELECT voided.*, reason, cancelled_by FROM voided JOIN cancelled ON cancelled.id = voided.booking_id
      WHERE holder_id <> customer_id AND cancelled_by <> 'CUSTOMER'
    ), holders_told AS (${emitPassedOnTicketsChanged(cityCode, Prisma.sql`passed_on`, {
      ...{ change: 'CANCELLED', previousStartsAt: null, reason: Prisma.sql`reason`, by: Prisma.sql`cancelled_by` },
    })}), changed AS (TABLE freed), ${emitSeatChanges(traceparent, { cityCode })}
    SELECT id, version FROM cancelled`;
}

function inputOf({ booking, tickets, status, refund, refundTo, by, reason }: Cancellation): object {
  const seatIds = booking.status === 'PENDING_PAYMENT' ? booking.seats : tickets.map(({ seat }) => seat);
  return {
    ...{ id: booking.id, version: booking.version, status, reason },
    ticket_ids: tickets.map(({ id }) => id),
    seat_ids: seatIds.map(({ id }) => id),
    ...{ refund: refund.amount, fee: refund.fee, refunds: refundSources(booking, refund), refund_to: refundTo },
    cancelled_by: by,
  };
}

/** Remembers the cancellation as the outcome of a request: the booking's id and the version that it led to. */
function keyed(idempotency: IdempotencyRow | null): Prisma.Sql {
  if (idempotency === null) return Prisma.empty;
  return Prisma.sql`keyed AS (${keyInsert(idempotency, CHANGED_BOOKING, Prisma.sql`cancelled`)}),`;
}
