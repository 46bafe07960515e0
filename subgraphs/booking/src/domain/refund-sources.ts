import type { Booking, AppliedPayment } from './booking.ts';
import { partsOf, type PriceParts, type Refund, subtractParts } from './refund.ts';

/** A part of a refund, which one of the booking's payments gives back. */
export interface PaymentRefund {
  readonly paymentId: string;
  readonly amount: number;
  readonly parts: PriceParts;
}

type Paid = Pick<Booking, 'paymentId' | 'payments' | 'price' | 'refundRequested'>;

/** The payments that add up to the booking's total, oldest first; none before it is paid. */
export function paymentsOf({ paymentId, payments, price }: Omit<Paid, 'refundRequested'>): readonly AppliedPayment[] {
  if (payments !== null) return payments;
  return paymentId === null ? [] : [{ paymentId, amount: price.total }];
}

/** Whether a payment did not buy the booking, so that its refund is apart from the booking's. */
export function isOtherPayment(
  { paymentId, payments }: Pick<Paid, 'paymentId' | 'payments'>,
  refunded: string,
): boolean {
  if (paymentId === null || paymentId === refunded) return false;
  return !payments?.some((payment) => payment.paymentId === refunded);
}

/** The payments after an amount of them was given back, from the oldest first. */
export function reducedPayments(of: Parameters<typeof paymentsOf>[0], amount: number): readonly AppliedPayment[] {
  let left = amount;
  return paymentsOf(of).flatMap((payment) => {
    const taken = Math.min(left, payment.amount);
    left -= taken;
    return taken === payment.amount ? [] : [{ ...payment, amount: payment.amount - taken }];
  });
}

/** Takes a refund from the booking's payments, the oldest first, beyond what earlier refunds took from them. */
export function refundSources(booking: Paid, { amount, parts }: Pick<Refund, 'amount' | 'parts'>): PaymentRefund[] {
  let skip = booking.refundRequested;
  let left = amount;
  let leftParts = parts;
  return paymentsOf(booking).flatMap((payment) => {
    const skipped = Math.min(skip, payment.amount);
    skip -= skipped;
    const taken = Math.min(left, payment.amount - skipped);
    if (taken === 0) return [];
    const takenParts = partsOf(taken, leftParts);
    left -= taken;
    leftParts = subtractParts(leftParts, takenParts);
    return [{ paymentId: payment.paymentId, amount: taken, parts: takenParts }];
  });
}
