import { seatsOf } from '../domain/seat.ts';
import type { SeatHoldResolvers } from '../generated/resolvers.ts';

export const SeatHold: SeatHoldResolvers = {
  seats: seatsOf,
  show: ({ showId }) => ({ id: showId }),
};
