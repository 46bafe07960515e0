import type { UserResolvers } from '../generated/resolvers.ts';
import { venueOrder } from './list-orders.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  venues: async ({ id }, args, { loaders }) => {
    const page = venueOrder.page(args);
    return venueOrder.connection(await loaders.venuesOfUser(page, args.organisationId ?? null).load(id), page);
  },
};
