import { forbidden, notFound } from '@marquee/errors';

import type { BookingStatus } from '../../domain/booking.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import type { BookingLoaders } from '../../loaders.ts';
import { bookingChannel } from '../../push.ts';
import { customerOf } from '../customer.ts';

export const bookingStatusChanged: SubscriptionResolvers['bookingStatusChanged'] = {
  subscribe: async (_parent, { bookingId }, { caller, loaders, pubSub }) => {
    const { customerId } = await current(bookingId, loaders);
    if (customerId !== customerOf(caller)) throw forbidden('This booking belongs to somebody else.');
    const messages = bookingChannel(bookingId);
    return pubSub.listen(messages, async ({ previousStatus }: { previousStatus: BookingStatus | null }) => ({
      bookingStatusChanged: { previousStatus, booking: await current(bookingId, loaders) },
    }));
  },
};

/** The booking as it is now: a subscription's loaders outlive a request, so what they kept is dropped. */
async function current(bookingId: string, { bookings, tickets, timelines }: BookingLoaders) {
  tickets.clear(bookingId);
  timelines.clear(bookingId);
  const booking = await bookings.clear(bookingId).load(bookingId);
  if (!booking) throw notFound('booking');
  return booking;
}
