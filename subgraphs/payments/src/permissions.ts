import { everyone, type Permissions } from '@marquee/subgraph';

import { oneself, payer, payerOnly, staff } from './access.ts';

export const permissions: Permissions = {
  Query: { membershipPlans: everyone },
  User: { '*': oneself },
  PaymentReview: { '*': staff },
  PaymentReviewDecision: { '*': staff },
  Refund: { '*': payer },
  Payment: { actionUrl: payerOnly, '*': payer },
};
