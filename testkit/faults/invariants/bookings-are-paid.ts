import { reviewedBookings } from './reviewed-bookings.ts';
import type { Databases, Rule } from './rule.ts';

interface SoldBooking {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  /** Whether it has tickets that somebody paid for. */
  readonly isOwed: boolean;
  readonly payments: readonly { readonly paymentId: string; readonly amount: number }[];
}

interface Capture {
  readonly id: string;
  readonly bookingId: string;
  readonly amount: number;
  readonly refunded: number;
  /** Whether the payment had failed before it was captured. */
  readonly isUnapplied: boolean;
}

export const bookingsArePaid: Rule = {
  name: 'a confirmed booking has its captured payments, and a captured payment its booking or a refund',
  violations: async (databases) => {
    const [bookings, captures] = await Promise.all([soldBookings(databases), capturesOf(databases)]);
    const reviewed = await reviewedBookings(databases);
    const applied = new Set(bookings.flatMap(({ payments }) => payments.map(({ paymentId }) => paymentId)));
    const captured = new Map(
      captures.filter(({ isUnapplied }) => !isUnapplied).map((capture) => [capture.id, capture]),
    );
    return [
      ...bookings.filter(({ isOwed }) => isOwed).flatMap((booking) => unpaid(booking, captured)),
      ...captures
        .filter(({ id, isUnapplied }) => isUnapplied || !applied.has(id))
        .filter(({ bookingId, amount, refunded }) => refunded !== amount && !reviewed.has(bookingId))
        .map(
          ({ id, bookingId, amount, refunded }) =>
            `payment ${id} of ${bookingId} bought nothing, and ${refunded} of ${amount} was refunded`,
        ),
    ];
  },
};

function unpaid({ id, status, total, payments }: SoldBooking, captured: ReadonlyMap<string, Capture>): string[] {
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  const missing = payments.filter(({ paymentId, amount }) => {
    const capture = captured.get(paymentId);
    return capture?.bookingId !== id || capture.amount < amount;
  });
  return [
    ...(paid === total ? [] : [`booking ${id} is ${status} for ${total}, paid by ${paid}`]),
    ...missing.map(
      ({ paymentId, amount }) => `booking ${id} is ${status}, and ${paymentId} has not captured ${amount}`,
    ),
  ];
}

/** Bookings that a payment was applied to or should have been. */
function soldBookings(databases: Databases) {
  return databases('booking').$queryRaw<SoldBooking[]>`
    SELECT id, status, total::float8 AS total,
      status IN ('CONFIRMED', 'PARTIALLY_CANCELLED', 'COMPLETED') AND complimentary_reason IS NULL AND total > 0 AS "isOwed",
      CASE WHEN payments IS NOT NULL THEN payments WHEN payment_id IS NULL THEN '[]'::jsonb
        ELSE jsonb_build_array(jsonb_build_object('paymentId', payment_id, 'amount', total)) END AS payments
    FROM bookings WHERE payment_id IS NOT NULL OR status IN ('CONFIRMED', 'PARTIALLY_CANCELLED', 'COMPLETED')`;
}

/** Payments for bookings that the ledger has captured, or that succeeded. */
function capturesOf(databases: Databases) {
  return databases('payments').$queryRaw<Capture[]>`
    SELECT id, booking_id AS "bookingId", amount::float8 AS amount, status <> 'SUCCEEDED' AS "isUnapplied",
      (SELECT coalesce(sum(amount), 0)::float8 FROM refunds WHERE payment_id = payment.id AND status = 'SUCCEEDED') AS refunded
    FROM payments AS payment WHERE booking_id IS NOT NULL
      AND (status = 'SUCCEEDED' OR EXISTS (SELECT FROM journal_entries WHERE payment_id = payment.id AND refund_id IS NULL))`;
}
