import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import { logOutEverywhere } from '../../use-cases/log-out-everywhere.ts';

export const logoutEverywhere: MutationResolvers['logoutEverywhere'] = async (_parent, _args, { caller, deps }) => ({
  revokedSessionIds: await logOutEverywhere(deps, requireUser(caller)),
});
