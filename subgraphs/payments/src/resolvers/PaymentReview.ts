import type { PaymentReviewResolvers } from '../generated/resolvers.ts';

export const PaymentReview: PaymentReviewResolvers = {
  payment: ({ paymentId }, _args, { loaders }) => (paymentId === null ? null : loaders.payments.load(paymentId)),
  decisions: ({ decisions }) => [...decisions],
};
