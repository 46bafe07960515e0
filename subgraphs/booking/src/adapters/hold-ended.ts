import { Prisma } from '@marquee/prisma-booking';

/**
 * Emits `booking.hold-ended` for holds that were not bought, as the last part of a statement.
 *
 * @param holds a part of the statement whose rows are the holds
 */
export function emitHoldEnded(traceparent: string | null, holds: 'released' | 'expired'): Prisma.Sql {
  return Prisma.sql`holds_ended AS (
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.hold-ended', id, jsonb_build_object('holdId', id, 'customerId', customer_id,
      'showId', show_id, 'seats', cardinality(seat_ids), 'outcome', status,
      'heldSeconds', greatest(0, extract(epoch FROM least(now(), expires_at) - created_at))::int), ${traceparent}
    FROM ${Prisma.raw(holds)}
  )`;
}
