import { assertPeriod } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const supportSatisfaction: QueryResolvers['supportSatisfaction'] = (_parent, period, { deps }) => {
  assertPeriod(period);
  return deps.satisfaction.summary(period);
};
