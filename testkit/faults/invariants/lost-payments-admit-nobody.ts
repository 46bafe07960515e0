import type { Databases, Rule } from './rule.ts';

/** A live booking's payment whose tickets somebody could still use. */
interface UsablePayment {
  readonly bookingId: string;
  readonly paymentId: string;
}

export const lostPaymentsAdmitNobody: Rule = {
  name: 'a payment that was lost in a dispute has no unused ticket',
  violations: async (databases) => {
    const lost = await lostPayments(databases);
    const usable = lost.size === 0 ? [] : await usablePayments(databases);
    return usable
      .filter(({ paymentId }) => lost.has(paymentId))
      .map(({ bookingId, paymentId }) => `${bookingId} has unused tickets, and ${paymentId} was lost`);
  },
};

async function lostPayments(databases: Databases): Promise<ReadonlySet<string>> {
  const rows = await databases('payments').$queryRaw<{ id: string }[]>`
    SELECT payment_id AS id FROM payment_disputes WHERE status = 'LOST'`;
  return new Set(rows.map(({ id }) => id));
}

async function usablePayments(databases: Databases): Promise<UsablePayment[]> {
  return databases('booking').$queryRaw`
    SELECT booking.id AS "bookingId", payment ->> 'paymentId' AS "paymentId" FROM bookings AS booking
    CROSS JOIN LATERAL jsonb_array_elements(
      coalesce(payments, jsonb_build_array(jsonb_build_object('paymentId', payment_id)))) AS payment
    WHERE payment_id IS NOT NULL AND booking.status IN ('CONFIRMED', 'PARTIALLY_CANCELLED') AND EXISTS (
      SELECT FROM tickets WHERE city_code = booking.city_code AND booking_id = booking.id AND status = 'ISSUED')`;
}
