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
    requireOwner('booking', await requireBooking(deps.bookings, bookingId), requireUser(caller));
    return pubSub.listen(bookingChannel(bookingId), async ({ previousStatus }: Message) => ({
      bookingStatusChanged: { previousStatus, booking: await requireBooking(deps.bookings, bookingId) },
    }));
  },
};
