import type { QueryResolvers } from '../../generated/resolvers.ts';
import { cityOrder } from '../positions.ts';

export const cities: QueryResolvers['cities'] = async (_parent, args, { catalog }) => {
  const page = cityOrder.page(args);
  return cityOrder.connection(await catalog.searchCities(args, page), page);
};
