import { requireUser } from '@marquee/subgraph';

import { isSupport } from '../access.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  supportTickets: async ({ id }, _args, { caller, loaders }) => {
    const customerId = isSupport(caller) ? null : requireUser(caller);
    return [...(await loaders.ticketsOfBookings(customerId).load(id))];
  },
};
