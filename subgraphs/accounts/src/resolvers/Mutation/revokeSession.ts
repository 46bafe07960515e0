import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInCaller } from '../signed-in-caller.ts';

export const revokeSession: MutationResolvers['revokeSession'] = async (
  _parent,
  { sessionId },
  { accounts, caller },
) => {
  const { userId } = signedInCaller(caller);
  await accounts.endSession({ sessionId, userId }, 'REVOKED');
  return { revokedSessionId: sessionId };
};
