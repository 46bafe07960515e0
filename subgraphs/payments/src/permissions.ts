import { everyone, type Permissions } from '@marquee/subgraph';

import { finance, oneself, payer, payerOnly, staff } from './access.ts';

export const permissions: Permissions = {
  Query: { membershipPlans: everyone },
  User: { '*': oneself },
  PaymentReview: { '*': staff },
  PaymentReviewDecision: { '*': staff },
  Organisation: { '*': finance },
  Refund: { '*': payer },
  Payment: { actionUrl: payerOnly, '*': payer },
};
