import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/administer-account.ts';

export const endUserSessions: MutationResolvers['endUserSessions'] = async (_parent, { userId }, { caller, deps }) => {
  const { user, ended } = await useCase.endUserSessions(deps, { caller: requireUserCaller(caller), userId });
  return { user, revokedSessionIds: ended };
};
