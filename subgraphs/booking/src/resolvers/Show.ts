import { lowestAllInPrice, rulesFor } from '../domain/price.ts';
import type { ShowResolvers } from '../generated/resolvers.ts';
import { readSeatMap } from '../use-cases/read-seat-map.ts';

export const Show: ShowResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  seatMap: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && readSeatMap(deps, show);
  },
  maxSeatsPerCustomer: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && (show.maxSeatsPerCustomer ?? deps.seatLimits.maxSeatsPerCustomer);
  },
  allInPriceFrom: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && lowestAllInPrice(show, rulesFor(deps.pricing, show));
  },
  availability: ({ id }, _args, { loaders }) => loaders.availability.load(id),
};
