import { toCityId, parseCityId } from '../domain/city.ts';
import type { CityResolvers } from '../generated/resolvers.ts';
import { venueOrder } from './list-orders.ts';

export const City: CityResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const code = parseCityId(id);
    return code === null ? null : loaders.cities.load(code);
  },
  id: ({ code }) => toCityId(code),
  venues: async ({ code }, args, { loaders }) => {
    const page = venueOrder.page(args);
    return venueOrder.connection(await loaders.venuesOfCity(page).load(code), page);
  },
};
