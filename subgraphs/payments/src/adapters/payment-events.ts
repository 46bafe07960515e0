import type { NewEvent } from '@marquee/events';

import type { Payment } from '../domain/payment.ts';
import type { Refund } from '../domain/refund.ts';
import { newEvent } from '../emits.ts';

type SettledPayment = Pick<
  Payment,
  'id' | 'bookingId' | 'customerId' | 'amount' | 'purpose' | 'method' | 'status' | 'declineCode' | 'cardFingerprint'
>;

/** Events of a payment that has reached its status. */
export function statusEvents(payment: SettledPayment): NewEvent[] {
  const {
    id: paymentId,
    bookingId,
    customerId,
    amount,
    purpose,
    method,
    status,
    declineCode,
    cardFingerprint,
  } = payment;
  const common = { paymentId, bookingId, customerId };
  const changed = newEvent('payment.status-changed', paymentId, { ...common, status });
  if (status === 'SUCCEEDED') {
    return [newEvent('payment.succeeded', paymentId, { ...common, amount, purpose, method, cardFingerprint }), changed];
  }
  if (status === 'FAILED') {
    return [
      newEvent('payment.failed', paymentId, { ...common, amount, purpose, declineCode, cardFingerprint }),
      changed,
    ];
  }
  return [changed];
}

/** Event of a refund that was made. @param left of its payment, in minor units */
export function refundedEvent(refund: Refund, left: number): NewEvent {
  const { paymentId, method, amount } = refund;
  const about = { ...partOf(refund), method, left: { ...amount, amount: left } };
  return newEvent('payment.refunded', paymentId, about);
}

/** Event of a refund that was refused for good. */
export function refundFailedEvent(refund: Refund): NewEvent {
  return newEvent('payment.refund-failed', refund.paymentId, partOf(refund));
}

const partOf = ({ id: refundId, paymentId, bookingId, customerId, amount }: Refund) => ({
  ...{ refundId, paymentId, bookingId, customerId, amount },
});
