import type { DomainEvent, EventHandlers, Push } from '@marquee/events';

import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { SettlementRepository } from './adapters/settlement.ts';
import type { Transaction } from './adapters/transaction.ts';
import type { Deps } from './deps.ts';
import { requestRefund } from './use-cases/request-refund.ts';

/** Handlers of booking's events. */
export function handlers({ provider, now }: Pick<Deps, 'provider' | 'now'>): EventHandlers<Transaction> {
  return {
    'booking.requested': ({ payload: { bookingId: id, customerId, total, expiresAt } }, tx) =>
      new PayableBookingRepository(tx).add({
        ...{ status: 'PAYABLE', id, customerId, total },
        expiresAt: new Date(expiresAt),
      }),

    'booking.expired': ({ payload: { bookingId: id, customerId } }, tx) =>
      new PayableBookingRepository(tx).close({ status: 'CLOSED', id, customerId }, now()),

    'booking.cancelled': ({ payload: { bookingId: id, customerId } }, tx) =>
      new PayableBookingRepository(tx).close({ status: 'CLOSED', id, customerId }, now()),

    'booking.refund-required': ({ payload: { paymentId, amount, refundTo, reason } }, tx) =>
      requestRefund(new SettlementRepository(tx, now), provider, { paymentId, amount, refundTo, reason }),
  };
}

/** The channel of a payment's status changes. */
export const paymentChannel = (paymentId: string): string => `payment:${paymentId}`;

export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'payment.status-changed') return [];
  const { paymentId } = event.payload;
  return [{ channel: paymentChannel(paymentId), message: { paymentId } }];
}
