import { reviewedBookings } from './reviewed-bookings.ts';
import type { Databases, Rule } from './rule.ts';

/** Refunds as the events of a booking tell them. */
interface Told {
  readonly bookingId: string;
  readonly required: number;
  readonly reported: number;
}

/** Refunds of a booking's payments. */
interface Made {
  readonly bookingId: string;
  readonly captured: number;
  /** Refunds that booking asked for, whether or not the provider has made them. */
  readonly byRule: number;
  readonly all: number;
  readonly settled: number;
}

const NONE = { captured: 0, byRule: 0, all: 0, settled: 0 };

export const refundsAreMadeOnce: Rule = {
  name: 'a refund that a booking requires is made once, and the booking told',
  violations: async (databases) => {
    const [told, made] = await Promise.all([toldRefunds(databases), madeRefunds(databases)]);
    const madeOf = new Map(made.map((refunds) => [refunds.bookingId, refunds]));
    const reviewed = await reviewedBookings(databases);
    const unreviewed = told.filter(({ bookingId }) => !reviewed.has(bookingId));
    return unreviewed.flatMap((refunds) => differences(refunds, madeOf.get(refunds.bookingId) ?? NONE));
  },
};

function differences({ bookingId, required, reported }: Told, made: Omit<Made, 'bookingId'>): string[] {
  return [
    ...(made.byRule > required ? [`${bookingId} required ${required} back, and ${made.byRule} was refunded`] : []),
    // Support may have refunded before; more than was captured is never given back.
    ...(made.all < Math.min(required, made.captured)
      ? [`${bookingId} required ${required} back, and got ${made.all}`]
      : []),
    ...(made.settled === reported ? [] : [`${bookingId} was told of ${reported} refunded, not of ${made.settled}`]),
  ];
}

function toldRefunds(databases: Databases) {
  return databases('booking').$queryRaw<Told[]>`
    WITH priced AS (
      SELECT city_code, booking_id, greatest(0, lag((data->'price'->>'total')::bigint) OVER (PARTITION BY city_code, booking_id
        ORDER BY version) - (data->'price'->>'total')::bigint) AS saved
      FROM booking_events WHERE type IN ('REQUESTED', 'RESCHEDULED')
    ), told AS (
      SELECT city_code, booking_id,
        CASE type WHEN 'CANCELLED' THEN (data->>'refund')::bigint WHEN 'REFUND_REQUESTED' THEN (data->>'amount')::bigint END
          AS required,
        CASE type WHEN 'REFUNDED' THEN (data->>'amount')::bigint END AS reported
      FROM booking_events WHERE type IN ('CANCELLED', 'REFUND_REQUESTED', 'REFUNDED')
      UNION ALL SELECT city_code, booking_id, saved, NULL FROM priced WHERE saved > 0
      UNION ALL SELECT city_code, id, 0, 0 FROM bookings
    )
    SELECT booking_id AS "bookingId", coalesce(sum(required), 0)::float8 AS required,
      coalesce(sum(reported), 0)::float8 AS reported
    FROM told GROUP BY booking_id`;
}

/** A capture after its payment had failed is refunded by payments alone: only booking is told. */
function madeRefunds(databases: Databases) {
  return databases('payments').$queryRaw<Made[]>`
    WITH made AS (
      SELECT payment_id, coalesce(sum(amount) FILTER (WHERE requested_by IS NULL AND status <> 'FAILED'), 0) AS by_rule,
        coalesce(sum(amount) FILTER (WHERE status <> 'FAILED'), 0) AS all,
        coalesce(sum(amount) FILTER (WHERE status = 'SUCCEEDED'), 0) AS settled
      FROM refunds GROUP BY payment_id
    )
    SELECT booking_id AS "bookingId",
      coalesce(sum(amount) FILTER (WHERE status = 'SUCCEEDED'), 0)::float8 AS captured,
      coalesce(sum(by_rule) FILTER (WHERE status = 'SUCCEEDED'), 0)::float8 AS "byRule",
      coalesce(sum(made.all) FILTER (WHERE status = 'SUCCEEDED'), 0)::float8 AS all,
      coalesce(sum(settled), 0)::float8 AS settled
    FROM payments LEFT JOIN made ON payment_id = id WHERE booking_id IS NOT NULL GROUP BY booking_id`;
}
