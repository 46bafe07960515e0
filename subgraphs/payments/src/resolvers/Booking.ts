import { visiblePayments } from '../access.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';
import { viewerOf } from './viewer.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payments: async ({ id }, _args, { caller, loaders }) =>
    visiblePayments(viewerOf(caller), await loaders.ofBookings.load(id)),
};
