import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers, PayloadOf } from '@marquee/events';

import { LockedBookingRepository } from './adapters/locked-bookings.ts';
import { ScheduleRepository } from './adapters/schedule.ts';
import type { ScheduledShow } from './domain/shows.ts';
import { recordPaymentFailure } from './use-cases/record-payment-failure.ts';
import { recordRefund } from './use-cases/record-refund.ts';
import { settlePayment } from './use-cases/settle-payment.ts';

/** Booking's handlers of other domains' events. */
export const handlers: EventHandlers<SqlTransaction> = {
  'catalog.layout-published': ({ payload: { layoutId, screenId, sections } }, tx) =>
    new ScheduleRepository(tx).saveLayout({ id: layoutId, screenId, sections }),

  'catalog.shows-scheduled': ({ payload }, tx) =>
    new ScheduleRepository(tx).saveShows(payload.layoutId, showsOf(payload)),

  'payment.succeeded': async ({ payload: { bookingId, paymentId, amount } }, tx) => {
    if (bookingId === null) return;
    await settlePayment({ bookings: new LockedBookingRepository(tx) }, { bookingId, paymentId, amount });
  },

  'payment.failed': async ({ payload: { bookingId, paymentId, declineCode } }, tx) => {
    if (bookingId === null) return;
    await recordPaymentFailure({ bookings: new LockedBookingRepository(tx) }, { bookingId, paymentId, declineCode });
  },

  'payment.refunded': async ({ payload: { bookingId, paymentId, amount } }, tx) => {
    if (bookingId === null) return;
    await recordRefund({ bookings: new LockedBookingRepository(tx) }, { bookingId, paymentId, amount });
  },
};

function showsOf(scheduled: PayloadOf<'catalog.shows-scheduled'>): ScheduledShow[] {
  const { cityCode, timeZone, layoutId, screen, venue, title, cancellationTiers } = scheduled;
  return scheduled.shows.map((show) => ({
    ...show,
    cityCode,
    timeZone,
    layoutId,
    cancellationTiers,
    titleId: title.id,
    titleName: title.name,
    venueId: venue.id,
    venueName: venue.name,
    venueOwnerId: venue.ownerId,
    screenName: screen.name,
  }));
}
