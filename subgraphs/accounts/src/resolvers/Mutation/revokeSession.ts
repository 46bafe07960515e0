import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import { endSession } from '../../use-cases/end-session.ts';

export const revokeSession: MutationResolvers['revokeSession'] = async (_parent, { sessionId }, { caller, deps }) => {
  await endSession(deps, { sessionId, userId: requireUser(caller), reason: 'REVOKED' });
  return { revokedSessionId: sessionId };
};
