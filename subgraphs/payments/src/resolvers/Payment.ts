import type { PaymentResolvers } from '../generated/resolvers.ts';
import { bookingOf } from './booking-of.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.payments.load(id),
  booking: bookingOf,
  refunded: ({ amount: { currency }, refundedAmount }) => ({ amount: refundedAmount, currency }),
  refunds: async ({ id }, _args, { loaders }) => [...(await loaders.refundsByPayment.load(id))],
};
