import { everyone, type Permissions, service } from '@marquee/subgraph';

import { finance, oneself, payer, payerOnly, staff } from './access.ts';

export const permissions: Permissions = {
  Query: { membershipPlans: everyone, walletCurrencies: service('promotions') },
  WalletCurrency: { '*': service('promotions') },
  User: { '*': oneself },
  PaymentReview: { '*': staff },
  PaymentReviewDecision: { '*': staff },
  Organisation: { '*': finance },
  Refund: { '*': payer },
  Payment: { actionUrl: payerOnly, '*': payer },
};
