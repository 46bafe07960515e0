import type { Booking } from './booking.ts';
import { partsOf, type PriceParts, type Refund, subtractParts } from './refund.ts';

/** A part of a refund, which one of the booking's payments gives back. */
export interface PaymentRefund {
  readonly paymentId: string;
  readonly amount: number;
  readonly parts: PriceParts;
}

/** A payment of a booking, with what of it pays the booking's total. */
export interface BookingPayment {
  readonly paymentId: string;
  readonly amount: number;
}

type Paid = Pick<Booking, 'paymentId' | 'payments' | 'price' | 'refundRequested'>;

/** The payments that add up to the booking's total, oldest first; none before it is paid. */
export function paymentsOf({ paymentId, payments, price }: Omit<Paid, 'refundRequested'>): readonly BookingPayment[] {
  if (payments !== null) return payments;
  return paymentId === null ? [] : [{ paymentId, amount: price.total }];
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
