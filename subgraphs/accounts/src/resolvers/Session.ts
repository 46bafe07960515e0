import type { SessionResolvers } from '../generated/resolvers.ts';

export const Session: SessionResolvers = {
  current: ({ id }, _arguments, { caller }) => caller.kind === 'user' && caller.sessionId === id,
};
