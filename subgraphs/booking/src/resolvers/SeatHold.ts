import type { SeatHoldResolvers } from '../generated/resolvers.ts';

export const SeatHold: SeatHoldResolvers = {
  show: ({ showId }) => ({ id: showId }),
};
