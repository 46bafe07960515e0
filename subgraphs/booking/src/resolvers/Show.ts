import type { ShowResolvers } from '../generated/resolvers.ts';

export const Show: ShowResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  seatMap: async ({ id }, _args, { booking, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && booking.seatMap(show);
  },
  availability: ({ id }, _args, { loaders }) => loaders.availability.load(id),
};
