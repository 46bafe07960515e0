import type { EventHandlers } from '@marquee/events';

import { requestRefund } from './use-cases/request-refund.ts';
import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { SettlementRepository, type SettlementDeps } from './adapters/settlement.ts';
import type { Transaction } from './adapters/transaction.ts';

export interface HandlersDeps extends SettlementDeps {
  readonly providerName: string;
  readonly newRefundId: () => string;
}

/** What payments does when booking tells something. */
export function handlersOf(deps: HandlersDeps): EventHandlers<Transaction> {
  return {
    'booking.requested': ({ payload: { bookingId: id, customerId, total, expiresAt } }, tx) =>
      new PayableBookingRepository(tx).keep({
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
