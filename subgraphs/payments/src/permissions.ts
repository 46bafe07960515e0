import type { Permissions } from '@marquee/subgraph';

import { oneself, payer, payerOnly } from './access.ts';

export const permissions: Permissions = {
  User: { '*': oneself },
  Payment: { actionUrl: payerOnly, '*': payer },
};
