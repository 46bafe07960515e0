import { everyone, type Permissions } from '@marquee/subgraph';

import { oneself, riskAnalyst } from './access.ts';

export const permissions: Permissions = {
  Mutation: { trackEvents: everyone },
  User: { history: oneself },
  RiskCase: { '*': riskAnalyst },
};
