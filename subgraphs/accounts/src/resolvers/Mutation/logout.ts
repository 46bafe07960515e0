import { unauthenticated } from '@marquee/errors';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import { endSession } from '../../use-cases/end-session.ts';

export const logout: MutationResolvers['logout'] = async (_parent, _args, { caller, deps }) => {
  if (caller.kind !== 'user') throw unauthenticated();
  const { sessionId, userId } = caller;
  await endSession(deps, { sessionId, userId, reason: 'LOGOUT' });
  return { revokedSessionId: sessionId };
};
