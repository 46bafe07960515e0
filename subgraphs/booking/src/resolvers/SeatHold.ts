import { moneyOf, priceBooking, rulesFor } from '../domain/price.ts';
import { seatsOf } from '../domain/seat.ts';
import type { SeatHoldResolvers } from '../generated/resolvers.ts';

export const SeatHold: SeatHoldResolvers = {
  seats: seatsOf,
  price: async ({ showId, seats }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(showId);
    const prices = seats.map(({ price }) => price);
    return show && moneyOf(priceBooking(prices, rulesFor(deps.pricing, show)));
  },
  booking: ({ id }, _args, { loaders }) => loaders.bookingsOfHolds.load(id),
  show: ({ showId }) => ({ id: showId }),
};
