import { isCurrentSession } from '../access.ts';
import type { SessionResolvers } from '../generated/resolvers.ts';

export const Session: SessionResolvers = {
  current: (session, _args, { caller }) => isCurrentSession(session, caller),
};
