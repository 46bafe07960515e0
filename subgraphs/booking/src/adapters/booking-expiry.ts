import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import { emitSeatChanges, FREED } from './seat-changes.ts';
import { showOf } from './show-of.ts';

/**
 * Expires bookings that await payment, frees the seats they still have, and emits `booking.expired`.
 *
 * @param condition on `bookings` of the city
 */
export function expireStatement(cityCode: string, condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH expired AS (
      UPDATE bookings SET status = 'EXPIRED', version = version + 1
      WHERE city_code = ${cityCode} AND ${condition} AND status = 'PENDING_PAYMENT'
      RETURNING city_code, id, version, show_id, customer_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'EXPIRED', '{}'::jsonb FROM expired
    ), freed AS (
      DELETE FROM seat_claims AS claim USING expired
      WHERE claim.city_code = ${cityCode} AND claim.show_id = expired.show_id
        AND claim.booking_id = expired.id AND claim.state = 'PENDING'
      RETURNING ${FREED}
    ), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.expired', expired.id, jsonb_build_object('bookingId', expired.id,
        'previousStatus', 'PENDING_PAYMENT', 'customerId', expired.customer_id, 'showId', expired.show_id,
        'titleName', shows.title_name), ${currentTraceparent()}
      FROM expired ${showOf('expired', cityCode)}
    ), changed AS (TABLE freed), ${emitSeatChanges(currentTraceparent(), { cityCode })}
    SELECT 1`;
}
