import type { EventHandlers } from '@marquee/events';

import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { type SettlementDeps, SettlementRepository } from './adapters/settlement.ts';
import type { Transaction } from './adapters/transaction.ts';
import { requestRefund, type RequestRefundDeps } from './use-cases/request-refund.ts';

export interface HandlersDeps extends SettlementDeps, RequestRefundDeps {}

/** Handlers of booking's events. */
export function handlersOf(deps: HandlersDeps): EventHandlers<Transaction> {
  return {
    'booking.requested': ({ payload: { bookingId: id, customerId, total, expiresAt } }, tx) =>
      new PayableBookingRepository(tx).add({
        ...{ status: 'PAYABLE', id, customerId, total },
        expiresAt: new Date(expiresAt),
      }),

    'booking.expired': ({ payload: { bookingId: id, customerId } }, tx) =>
      new PayableBookingRepository(tx).close({ status: 'CLOSED', id, customerId }, deps.now()),

    'booking.refund-required': async ({ payload: { paymentId, amount, reason } }, tx) => {
      await requestRefund(new SettlementRepository(tx, deps), deps, { paymentId, amount, reason });
    },
  };
}
