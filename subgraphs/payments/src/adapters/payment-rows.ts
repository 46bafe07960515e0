import { type Payment as PaymentRow, Prisma } from '@marquee/prisma-payments';

import type { Payment } from '../domain/payment.ts';

/** The columns of the domain type `Payment`, under the names of the Prisma model. */
export const PAYMENT_COLUMNS = Prisma.sql`
  p.id, p.customer_id AS "customerId", p.purpose, p.booking_id AS "bookingId", p.method, p.status, p.amount, p.currency,
  p.refunded_amount AS "refundedAmount", p.card_source AS "cardSource", p.charge_id AS "chargeId",
  p.action_url AS "actionUrl", p.decline_code AS "declineCode", p.deadline, p.busy_until AS "busyUntil",
  p.created_at AS "createdAt"`;

/** A row of {@link PAYMENT_COLUMNS}. */
export type SelectedPayment = Pick<
  PaymentRow,
  | 'id'
  | 'customerId'
  | 'purpose'
  | 'bookingId'
  | 'method'
  | 'status'
  | 'amount'
  | 'currency'
  | 'refundedAmount'
  | 'cardSource'
  | 'chargeId'
  | 'actionUrl'
  | 'declineCode'
  | 'deadline'
  | 'busyUntil'
  | 'createdAt'
>;

export function paymentOf(row: SelectedPayment): Payment {
  const { id, customerId, purpose, bookingId, method, status, refundedAmount } = row;
  const { cardSource, chargeId, actionUrl, declineCode, deadline, busyUntil, createdAt } = row;
  return {
    ...{ id, customerId, purpose, bookingId, method, status, refundedAmount },
    amount: { amount: row.amount, currency: row.currency },
    ...{ cardSource, chargeId, actionUrl, declineCode, deadline, busyUntil, createdAt },
  };
}
