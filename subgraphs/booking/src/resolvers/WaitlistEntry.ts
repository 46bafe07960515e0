import type { WaitlistEntryResolvers } from '../generated/resolvers.ts';

export const WaitlistEntry: WaitlistEntryResolvers = {
  show: ({ showId }) => ({ id: showId }),
  hold: ({ holdId }, _args, { deps }) => (holdId === null ? null : deps.holds.find(holdId)),
};
