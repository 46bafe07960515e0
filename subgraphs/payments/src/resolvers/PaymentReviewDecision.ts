import type { PaymentReviewDecisionResolvers } from '../generated/resolvers.ts';

export const PaymentReviewDecision: PaymentReviewDecisionResolvers = {
  decidedBy: ({ decidedBy }) => ({ id: decidedBy }),
};
