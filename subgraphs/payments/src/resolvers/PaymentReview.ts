import { isReader } from '../access.ts';
import type { PaymentReviewResolvers } from '../generated/resolvers.ts';

export const PaymentReview: PaymentReviewResolvers = {
  payment: async ({ paymentId }, _args, context) => {
    const payment = paymentId === null ? null : await context.loaders.payments.load(paymentId);
    return payment && (await isReader(payment, context)) ? payment : null;
  },
  decisions: ({ decisions }) => [...decisions],
};
