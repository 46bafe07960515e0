import type { NewEvent } from '@marquee/events';

import type { Payment } from '../domain/payment.ts';
import type { Refund } from '../domain/refund.ts';
import { newEvent } from '../emits.ts';

type SettledPayment = Pick<
  Payment,
  'id' | 'bookingId' | 'customerId' | 'amount' | 'purpose' | 'method' | 'status' | 'declineCode'
>;

/** Events of a payment that has reached its status. */
export function statusEvents(payment: SettledPayment): NewEvent[] {
  const { id: paymentId, bookingId, customerId, amount, purpose, method, status, declineCode } = payment;
  const common = { paymentId, bookingId, customerId };
  const changed = newEvent('payment.status-changed', paymentId, { ...common, status });
  if (status === 'SUCCEEDED') {
    return [newEvent('payment.succeeded', paymentId, { ...common, amount, purpose, method }), changed];
  }
  if (status === 'FAILED') {
    return [newEvent('payment.failed', paymentId, { ...common, amount, purpose, declineCode }), changed];
  }
  return [changed];
}

/** Event of a refund that was made, or refused for good. */
export function refundEvent(
  type: 'payment.refunded' | 'payment.refund-failed',
  { id: refundId, paymentId, bookingId, customerId, amount, method }: Refund,
): NewEvent {
  const refund = { refundId, paymentId, bookingId, customerId, amount };
  return type === 'payment.refunded'
    ? newEvent(type, paymentId, { ...refund, method })
    : newEvent(type, paymentId, refund);
}
