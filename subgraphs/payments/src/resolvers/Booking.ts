import { visiblePayments } from '../access.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payments: async ({ id }, _args, context) =>
    visiblePayments(context, await context.loaders.paymentsByBooking.load(id)),
};
