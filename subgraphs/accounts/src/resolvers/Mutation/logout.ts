import { requireUser } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { endSession } from '../../use-cases/end-session.ts';

export const logout: MutationResolvers['logout'] = async (_parent, _arguments, { caller, deps }) => {
  const { sessionId, userId } = requireUser(caller);
  await endSession(deps, { sessionId, userId, reason: 'LOGOUT' });
  return { revokedSessionId: sessionId };
};
