import { notFound } from '@marquee/errors';

import { requireOwner, requireUser } from '../../access.ts';
import type { BookingStatus } from '../../domain/booking.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import type { Loaders } from '../../loaders.ts';
import { bookingChannel } from '../../push.ts';

interface Message {
  readonly previousStatus: BookingStatus | null;
}

export const bookingStatusChanged: SubscriptionResolvers['bookingStatusChanged'] = {
  subscribe: async (_parent, { bookingId }, { caller, loaders, pubSub }) => {
    requireOwner('booking', await currentBooking(bookingId, loaders), requireUser(caller));
    return pubSub.listen(bookingChannel(bookingId), async ({ previousStatus }: Message) => ({
      bookingStatusChanged: { previousStatus, booking: await currentBooking(bookingId, loaders) },
    }));
  },
};

/** Reads the booking anew: a subscription's loaders outlive a request, so what they cached is cleared. */
async function currentBooking(bookingId: string, { bookings, tickets, timelines }: Loaders) {
  tickets.clear(bookingId);
  timelines.clear(bookingId);
  const booking = await bookings.clear(bookingId).load(bookingId);
  if (!booking) throw notFound('booking');
  return booking;
}
