import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInCaller } from '../signed-in-caller.ts';

export const logout: MutationResolvers['logout'] = async (_parent, _arguments, { accounts, caller }) => {
  const { sessionId, userId } = signedInCaller(caller);
  await accounts.endSession({ sessionId, userId }, 'LOGOUT');
  return { revokedSessionId: sessionId };
};
