import { visiblePayments } from '../access.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payments: async ({ id }, _args, { caller, loaders }) =>
    visiblePayments(caller, await loaders.paymentsByBooking.load(id)),
};
