import type { Permissions } from '@marquee/subgraph';

import { oneself, payer } from './access.ts';

export const permissions: Permissions = {
  User: { '*': oneself },
  Payment: { '*': payer },
};
