import type { WaitlistEntryResolvers } from '../generated/resolvers.ts';

export const WaitlistEntry: WaitlistEntryResolvers = {
  show: ({ showId }) => ({ id: showId }),
  hold: ({ holdId }, _args, { loaders }) => (holdId === null ? null : loaders.holds.load(holdId)),
};
