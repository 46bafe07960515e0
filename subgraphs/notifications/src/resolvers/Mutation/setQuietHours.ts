import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/set-quiet-hours.ts';

export const setQuietHours: MutationResolvers['setQuietHours'] = async (_parent, { hours }, { caller, deps }) => {
  const userId = requireUser(caller);
  await useCase.setQuietHours(deps, { userId, hours: hours ?? null });
  return { quietHours: hours ?? null };
};
