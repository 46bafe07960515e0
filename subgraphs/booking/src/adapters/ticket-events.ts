/** Events about tickets. Each function is the part of a statement that emits them. */
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import type { TransferChange } from '../domain/transfer.ts';
import { isoInstant } from './iso-instant.ts';
import { seatLabel } from './seat-label.ts';

const LABELS = Prisma.sql`jsonb_agg(${seatLabel('ticket.seat')} ORDER BY ticket.id)`;

/** When and where, of the row `show`. */
const PERFORMANCE = Prisma.sql`jsonb_build_object('showId', show.id, 'titleName', show.title_name,
  'venueName', show.venue_name, 'startsAt', ${isoInstant('show.starts_at')}, 'timeZone', show.time_zone)`;

/** The city of the tickets. */
type CityCode = string | null;

/** The ticket and the show of each row of `changed` with ticket_id and show_id. */
const ticketAndShow = (cityCode: CityCode): Prisma.Sql => Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT id, seat FROM tickets WHERE city_code = ${cityCode} AND id = changed.ticket_id OFFSET 0) AS ticket
  CROSS JOIN LATERAL (
    SELECT * FROM shows WHERE city_code = ${cityCode} AND id = changed.show_id OFFSET 0) AS show`;

/** Emits `booking.transfer-changed` once for an offer. @param transfers a part of the statement with rows of transfers */
export function emitTransferChanged(
  cityCode: CityCode,
  transfers: Prisma.Sql,
  change: TransferChange,
  recipientId: string | null = null,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.transfer-changed', offer_id, ${PERFORMANCE} || jsonb_build_object(
      'offerId', offer_id, 'change', ${change}::text, 'senderId', sender_id, 'recipientId', ${recipientId}::text,
      'isComplimentary', is_given, 'seats', ${LABELS}), ${currentTraceparent()}
    FROM ${transfers} AS changed ${ticketAndShow(cityCode)} CROSS JOIN LATERAL (
      SELECT complimentary_reason IS NOT NULL AND customer_id = changed.sender_id AS is_given FROM bookings
      WHERE city_code = ${cityCode} AND id = changed.booking_id OFFSET 0) AS booking
    GROUP BY offer_id, sender_id, is_given, show.id, show.title_name, show.venue_name, show.starts_at,
      show.time_zone`;
}

/**
 * Emits `booking.passed-on-tickets-changed` once for each person to whom tickets of a booking were passed on.
 *
 * @param tickets a part of the statement with ticket_id, show_id, booking_id and holder_id
 */
export function emitPassedOnTicketsChanged(
  cityCode: CityCode,
  tickets: Prisma.Sql,
  {
    change,
    previousStartsAt,
    reason,
    by = Prisma.sql`'VENUE'::text`,
  }: { change: 'CANCELLED' | 'MOVED'; previousStartsAt: Date | null; reason: Prisma.Sql; by?: Prisma.Sql },
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.passed-on-tickets-changed', booking_id, ${PERFORMANCE} || jsonb_build_object(
      'holderId', holder_id, 'change', ${change}::text, 'previousStartsAt', ${previousStartsAt?.toISOString() ?? null}::text,
      'reason', ${reason}, 'by', ${by}, 'seats', ${LABELS}), ${currentTraceparent()}
    FROM ${tickets} AS changed ${ticketAndShow(cityCode)}
    GROUP BY booking_id, holder_id, ${reason}, ${by}, show.id, show.title_name, show.venue_name, show.starts_at, show.time_zone`;
}

/**
 * Emits `booking.ticket-checked-in`. @param tickets a part of the statement with rows of tickets, and their ids as
 * ticket_id
 */
export function emitCheckedIn(cityCode: CityCode, tickets: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.ticket-checked-in', ticket_id, ${PERFORMANCE} || jsonb_build_object(
      'ticketId', ticket_id, 'holderId', holder_id, 'titleId', show.title_id, 'venueId', show.venue_id,
      'bookingId', booking.id, 'customerId', booking.customer_id, 'total', jsonb_build_object('amount', booking.total,
        'currency', booking.currency), 'paid', jsonb_build_object('amount', greatest(0, booking.total - booking.refunded),
        'currency', booking.currency), 'paymentIds', (
          SELECT coalesce(jsonb_agg(payment -> 'paymentId'), '[]') FROM jsonb_array_elements(booking.payments) AS payment),
        'payments', booking.payments, 'organisationId', show.organisation_id, 'isComplimentary', is_complimentary,
      'checkedInAt', ${isoInstant('checked_in_at')}, 'seat', ${seatLabel('ticket.seat')}),
      ${currentTraceparent()}
    FROM ${tickets} AS changed ${ticketAndShow(cityCode)} CROSS JOIN LATERAL (
      SELECT id, customer_id, total, currency, refunded, complimentary_reason IS NOT NULL AS is_complimentary, coalesce(payments, CASE WHEN payment_id IS NOT NULL
        THEN jsonb_build_array(jsonb_build_object('paymentId', payment_id, 'amount', total)) END, '[]') AS payments
      FROM bookings
      WHERE city_code = ${cityCode} AND id = changed.booking_id OFFSET 0) AS booking
    WHERE holder_id IS NOT NULL`;
}
