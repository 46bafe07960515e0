import type { QueryResolvers } from '../../generated/resolvers.ts';
import { searchCities } from '../../use-cases/search-cities.ts';
import { cityOrder } from '../list-orders.ts';

export const cities: QueryResolvers['cities'] = async (_parent, args, { deps }) => {
  const page = cityOrder.page(args);
  return cityOrder.connection(await searchCities(deps, args, page), page);
};
