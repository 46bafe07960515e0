import type { DomainEvent, EventHandlers, PayloadOf, Push } from '@marquee/events';

import { postEntry } from './adapters/ledger.ts';
import { moveSales } from './adapters/moved-sales.ts';
import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { SettlementRepository } from './adapters/settlement.ts';
import { WalletRewardRepository } from './adapters/wallet-rewards.ts';
import type { Deps } from './deps.ts';
import { adSpendEntry, type WalletReward } from './domain/ledger.ts';
import type { ClosedBooking, RequestedBooking } from './domain/payable-booking.ts';
import { decideFailedRefunds } from './use-cases/decide-failed-refunds.ts';
import { requestRefund } from './use-cases/request-refund.ts';

/** Handlers of other domains' events. */
export function handlers({ provider, now }: Pick<Deps, 'provider' | 'now'>): EventHandlers {
  return {
    'booking.requested': {
      many: (events, tx) =>
        new PayableBookingRepository(tx).add(events.map(({ payload }) => requestedBooking(payload, 1))),
    },

    'booking.reschedule-requested': ({ payload }, tx) =>
      new PayableBookingRepository(tx).add([requestedBooking(payload, payload.requestNumber)]),

    'booking.reschedule-expired': (event, tx) => new PayableBookingRepository(tx).close([closedBooking(event)], now()),

    'booking.rescheduled': async ({ payload: { bookingId, previousShowId, showId, show } }, tx) => {
      const moved = show && { ...show, showId, endsAt: new Date(show.endsAt) };
      if (moved) await moveSales(tx, { bookingId, previousShowId, show: moved }, now());
    },

    'catalog.show-changed': ({ payload: { showId, version, endsAt } }, tx) =>
      new PayableBookingRepository(tx).changeShow({ id: showId, version, endsAt: new Date(endsAt) }),

    'booking.expired': {
      many: (events, tx) => new PayableBookingRepository(tx).close(events.map(closedBooking), now()),
    },

    'booking.cancelled': {
      many: (events, tx) => new PayableBookingRepository(tx).close(events.map(closedBooking), now()),
    },

    'booking.refund-required': ({ payload: { paymentId, amount, parts, refundTo, reason } }, tx) =>
      requestRefund(new SettlementRepository(tx, now), provider, { paymentId, amount, parts, refundTo, reason }),

    'promotions.referral-rewarded': ({ payload }, tx) =>
      new WalletRewardRepository(tx, now).credit(walletReward(payload)),

    'promotions.referral-reversed': ({ payload }, tx) =>
      new WalletRewardRepository(tx, now).takeBack(walletReward(payload)),

    'ads.spend-settled': ({ payload: { settlementId: id, organisationId, amount } }, tx) =>
      postEntry(tx, adSpendEntry({ id, organisationId, amount }), now()),

    'booking.review-decided': ({ payload: { outcome, refundIds, decidedBy } }, tx) =>
      decideFailedRefunds(new SettlementRepository(tx, now), provider, {
        ...{ outcome: outcome === 'REFUND' ? outcome : 'ACCEPT', reason: 'Decided on the booking.' },
        ...{ refundIds, decidedBy },
      }),
  };
}

function requestedBooking(payload: PayloadOf<'booking.requested'>, requestNumber: number): RequestedBooking {
  const { bookingId: id, customerId, showId, total, sale, expiresAt } = payload;
  const booked = sale && { ...sale, showId, endsAt: new Date(sale.endsAt) };
  return { status: 'PAYABLE', id, customerId, total, sale: booked, expiresAt: new Date(expiresAt), requestNumber };
}

function walletReward(payload: PayloadOf<'promotions.referral-rewarded'>): WalletReward {
  const { rewardId: id, userId: customerId, amount, currency } = payload;
  return { id, customerId, amount: { amount, currency } };
}

function closedBooking({
  payload,
}: DomainEvent<'booking.expired' | 'booking.cancelled' | 'booking.reschedule-expired'>): ClosedBooking {
  return { status: 'CLOSED', id: payload.bookingId, customerId: payload.customerId };
}

/** The channel of a payment's status changes. */
export const paymentChannel = (paymentId: string): string => `payment:${paymentId}`;

export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'payment.status-changed') return [];
  const { paymentId } = event.payload;
  return [{ channel: paymentChannel(paymentId), message: { paymentId } }];
}
