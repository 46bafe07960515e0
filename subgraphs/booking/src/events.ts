import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers, PayloadOf } from '@marquee/events';

import { notePaymentFailure, noteRefund, settlePayment } from './use-cases/settle-payment.ts';
import { LockedBookingRepository } from './adapters/locked-bookings.ts';
import { saveLayout, saveShows, type ScheduledShow } from './adapters/shows.ts';

/** What booking does when other domains tell something. */
export const handlers: EventHandlers<SqlTransaction> = {
  'catalog.layout-published': ({ payload: { layoutId, screenId, sections } }, tx) =>
    saveLayout(tx, { id: layoutId, screenId, sections }),

  'catalog.shows-scheduled': ({ payload }, tx) => saveShows(tx, payload.layoutId, showsOf(payload)),

  'payment.succeeded': async ({ payload: { bookingId, paymentId, amount } }, tx) => {
    if (bookingId !== null) await settlePayment(new LockedBookingRepository(tx), { bookingId, paymentId, amount });
  },

  'payment.failed': async ({ payload: { bookingId, paymentId, declineCode } }, tx) => {
    if (bookingId === null) return;
    await notePaymentFailure(new LockedBookingRepository(tx), { bookingId, paymentId, declineCode });
  },

  'payment.refunded': async ({ payload: { bookingId, paymentId, amount } }, tx) => {
    if (bookingId !== null) await noteRefund(new LockedBookingRepository(tx), { bookingId, paymentId, amount });
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
