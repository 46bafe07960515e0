import { requireUser } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { endSession } from '../../use-cases/end-session.ts';

export const revokeSession: MutationResolvers['revokeSession'] = async (_parent, { sessionId }, { caller, deps }) => {
  await endSession(deps, { sessionId, userId: requireUser(caller).userId, reason: 'REVOKED' });
  return { revokedSessionId: sessionId };
};
