import { requireUser } from '@marquee/subgraph';

import { requireOwner } from '../../access.ts';
import type { BookingStatus } from '../../domain/booking.ts';
import { bookingChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { requireBooking } from '../../use-cases/lookups.ts';

interface Message {
  readonly previousStatus: BookingStatus | null;
}

export const bookingStatusChanged: SubscriptionResolvers['bookingStatusChanged'] = {
  subscribe: async (_parent, { bookingId }, { caller, deps, pubSub }) => {
    const booking = await requireBooking(deps.bookings, bookingId);
    requireOwner('booking', booking, requireUser(caller));
    const eventOf = async ({ previousStatus }: Message) => ({
      bookingStatusChanged: { previousStatus, booking: await requireBooking(deps.bookings, bookingId) },
    });
    return pubSub.listen({
      channel: bookingChannel(bookingId),
      version: booking.version,
      eventOf,
      missedSince: async () => [await eventOf({ previousStatus: null })],
      versionOf: ({ bookingStatusChanged: change }) => change.booking.version,
    });
  },
};
