import type { SqlTransaction } from '@marquee/database';
import type { DomainEvent, EventHandlers, Push } from '@marquee/events';

import { LockedBookingRepository } from './adapters/locked-bookings.ts';
import { saveMemberBenefit } from './adapters/member-benefits.ts';
import { ScheduleRepository } from './adapters/schedule.ts';
import type { Deps } from './deps.ts';
import { liveSalesChannel } from './domain/live-sales.ts';
import { recordPaymentFailure } from './use-cases/record-payment-failure.ts';
import { recordFailedRefund } from './use-cases/record-failed-refund.ts';
import { recordLostDispute } from './use-cases/record-lost-dispute.ts';
import { recordRefund } from './use-cases/record-refund.ts';
import { settlePayments } from './use-cases/settle-payment.ts';

/** Catalog's schedule and the benefits of memberships are copied; payments of bookings are recorded. */
export function handlers({ seatLimits }: Pick<Deps, 'seatLimits'>): EventHandlers {
  const bookings = (tx: SqlTransaction) => ({ bookings: new LockedBookingRepository(tx, seatLimits) });
  return {
    'catalog.layout-published': ({ payload }, tx) => new ScheduleRepository(tx).saveLayout(payload),
    'catalog.shows-scheduled': ({ payload }, tx) => new ScheduleRepository(tx).saveShows(payload),
    'catalog.venue-changed': ({ payload }, tx) => new ScheduleRepository(tx).renameVenue(payload),
    'catalog.title-changed': ({ payload }, tx) => new ScheduleRepository(tx).renameTitle(payload),
    'catalog.show-changed': ({ payload }, tx) => new ScheduleRepository(tx).changeShow(payload),
    'catalog.show-cancelled': ({ payload }, tx) => new ScheduleRepository(tx).cancelShow(payload),
    'payments.membership-changed': ({ payload }, tx) => saveMemberBenefit(tx, payload),
    'payment.succeeded': {
      many: async (events, tx) => {
        const payments = events.flatMap(({ payload: { bookingId, paymentId, amount }, traceparent }) =>
          bookingId === null ? [] : [{ bookingId, paymentId, amount, traceparent }],
        );
        if (payments.length > 0) await settlePayments(bookings(tx), payments);
      },
    },
    'payment.failed': async ({ payload: { bookingId, ...payment } }, tx) => {
      if (bookingId !== null) await recordPaymentFailure(bookings(tx), { ...payment, bookingId });
    },
    'payment.refunded': async ({ payload: { bookingId, ...refund } }, tx) => {
      if (bookingId !== null) await recordRefund(bookings(tx), { ...refund, bookingId });
    },
    'payment.dispute-closed': async ({ payload: { bookingId, paymentId, outcome } }, tx) => {
      if (bookingId !== null && outcome === 'LOST') await recordLostDispute(bookings(tx), { bookingId, paymentId });
    },
    'payment.refund-failed': async ({ payload: { bookingId, refundId, paymentId, amount } }, tx) => {
      if (bookingId !== null) await recordFailedRefund(bookings(tx), bookingId, { refundId, paymentId, amount });
    },
  };
}

/** The channel of the changes of a show's seats. */
export const seatMapChannel = (showId: string): string => `seat-map:${showId}`;

/** The channel of what moves in a show's waiting room. */
export const waitingRoomChannel = (showId: string): string => `waiting-room:${showId}`;

/** The channel of what moves on a show's waitlist. */
export const waitlistChannel = (showId: string): string => `waitlist:${showId}`;

/** The channel of the changes of a booking. */
export const bookingChannel = (bookingId: string): string => `booking:${bookingId}`;

export function pushes(event: DomainEvent): readonly Push[] {
  switch (event.type) {
    case 'booking.seats-changed':
      return [{ channel: seatMapChannel(event.payload.showId), message: event.payload }];
    case 'booking.sales-changed':
      return [{ channel: liveSalesChannel(event.payload.venueId), message: event.payload }];
    case 'booking.waiting-room-moved':
      return [{ channel: waitingRoomChannel(event.payload.showId), message: event.payload }];
    case 'booking.waitlist-moved':
      return [{ channel: waitlistChannel(event.payload.showId), message: event.payload }];
    case 'booking.confirmed':
    case 'booking.cancelled':
    case 'booking.completed':
    case 'booking.review-required':
    case 'booking.review-decided':
    case 'booking.expired': {
      const { bookingId, previousStatus } = event.payload;
      return [{ channel: bookingChannel(bookingId), message: { bookingId, previousStatus } }];
    }
    case 'booking.rescheduled': {
      const { bookingId } = event.payload;
      return [{ channel: bookingChannel(bookingId), message: { bookingId, previousStatus: 'CONFIRMED' } }];
    }
    default:
      return [];
  }
}
