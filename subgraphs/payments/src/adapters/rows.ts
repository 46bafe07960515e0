import { minorUnits, toMoney } from '@marquee/money';
import { type Payment as PaymentRow, Prisma, type Refund as RefundRow } from '@marquee/prisma-payments';

import type { Payment } from '../domain/payment.ts';
import type { CardRefund, Refund } from '../domain/refund.ts';
import type { Sale, SaleParts } from '../domain/sale.ts';

/** The columns of the domain type `Payment`, under the names of the Prisma model. */
export const PAYMENT_COLUMNS = Prisma.sql`
  p.id, p.customer_id AS "customerId", p.purpose, p.booking_id AS "bookingId", p.method, p.status,
  p.version, p.amount, p.currency, p.sale,
  p.refunded_amount AS "refundedAmount", p.card_source AS "cardSource", p.card_fingerprint AS "cardFingerprint", p.charge_id AS "chargeId",
  p.action_url AS "actionUrl", p.return_url AS "returnUrl", p.off_session AS "offSession", p.decline_code AS "declineCode", p.deadline, p.busy_until AS "busyUntil",
  p.created_at AS "createdAt"`;

/** A row of {@link PAYMENT_COLUMNS}. */
export type SelectedPayment = Omit<PaymentRow, 'provider' | 'nextCheckAt' | 'checks' | 'settledAt'>;

/** The columns of the domain type `Refund`, under the names of the Prisma model. */
export const REFUND_COLUMNS = Prisma.sql`
  r.id, r.payment_id AS "paymentId", r.booking_id AS "bookingId", r.customer_id AS "customerId", r.amount, r.currency,
  r.method, r.reason, r.status, r.parts, r.requested_by AS "requestedBy", r.created_at AS "createdAt"`;

/** A row of {@link REFUND_COLUMNS}. */
export type SelectedRefund = Pick<RefundRow, keyof Refund | 'currency'>;

export function toPayment({ amount, currency, refundedAmount, sale, ...row }: SelectedPayment): Payment {
  return {
    ...{ ...row, sale: toSale(sale) },
    amount: toMoney(amount, currency),
    refundedAmount: minorUnits(refundedAmount),
  };
}

/** The sale in a column that {@link PayableBookingRepository} has written. */
export function toSale(column: unknown): Sale | null {
  return column as Sale | null;
}

export function toRefund({ amount, currency, parts, ...row }: SelectedRefund): Refund {
  return { ...row, amount: toMoney(amount, currency), parts: parts === null ? null : toParts(parts) };
}

/** The parts in a column of a refund; those of before had no promotion. */
export function toParts(column: unknown): SaleParts {
  const parts = column as Omit<SaleParts, 'promotion'> & Partial<SaleParts>;
  return { ...parts, promotion: parts.promotion ?? 0 };
}

/** A row of {@link REFUND_COLUMNS} with its payment's charge. */
export type SelectedCardRefund = SelectedRefund & { readonly chargeId: string };

export function toCardRefund({ chargeId, ...row }: SelectedCardRefund): CardRefund {
  return { ...toRefund(row), chargeId };
}
