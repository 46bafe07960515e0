import { everyone, type Permissions } from '@marquee/subgraph';

import { oneself, payer, payerOnly } from './access.ts';

export const permissions: Permissions = {
  Query: { membershipPlans: everyone },
  User: { '*': oneself },
  Refund: { '*': payer },
  Payment: { actionUrl: payerOnly, '*': payer },
};
