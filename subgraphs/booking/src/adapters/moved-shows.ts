import { currentTraceparent, type PayloadOf } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import { isoInstant } from './iso-instant.ts';
import { emitPassedOnTicketsChanged } from './ticket-events.ts';

/** How long customers may cancel for free after their show was moved. */
const FREE_CANCELLATION_DAYS = 7;

/**
 * Lets the customers of a show that has moved cancel for free, and tells them both times: `booking.show-moved`. Whom
 * tickets were passed on to are told as well: `booking.passed-on-tickets-changed`.
 *
 * The show's row has the new time already.
 */
export function moveStatement(
  { cityCode, showId }: Pick<PayloadOf<'catalog.show-changed'>, 'cityCode' | 'showId'>,
  previousStartsAt: Date,
): Prisma.Sql {
  return Prisma.sql`
    WITH moved AS (
      UPDATE bookings AS booking SET version = version + 1,
        free_cancellation_until = least(starts_at, now() + make_interval(days => ${FREE_CANCELLATION_DAYS}::int))
      FROM shows
      WHERE shows.city_code = ${cityCode} AND shows.id = ${showId}
        AND booking.city_code = ${cityCode} AND booking.show_id = ${showId}
        AND booking.status IN ('PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED')
      RETURNING booking.city_code, booking.id, booking.version, customer_id, title_name, venue_name, time_zone, jsonb_build_object(
        'previousStartsAt', ${previousStartsAt.toISOString()}::text, 'startsAt', ${isoInstant('starts_at')},
        'freeCancellationUntil', ${isoInstant('free_cancellation_until')}) AS times
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'SHOW_MOVED', times FROM moved
    ), passed_on AS (
      SELECT ticket.id AS ticket_id, ticket.show_id, ticket.booking_id, ticket.holder_id
      FROM moved CROSS JOIN LATERAL (SELECT * FROM tickets WHERE city_code = ${cityCode} AND booking_id = moved.id
        AND status = 'ISSUED' AND holder_id <> moved.customer_id OFFSET 0) AS ticket
    ), holders_told AS (${emitPassedOnTicketsChanged(cityCode, Prisma.sql`passed_on`, {
      ...{ change: 'MOVED', previousStartsAt, reason: Prisma.sql`NULL::text` },
    })})
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.show-moved', id, jsonb_build_object('bookingId', id, 'customerId', customer_id,
      'showId', ${showId}::text, 'titleName', title_name, 'venueName', venue_name, 'timeZone', time_zone) || times,
      ${currentTraceparent()}
    FROM moved`;
}
