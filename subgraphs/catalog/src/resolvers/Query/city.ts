import { parseCityId } from '../../domain/city.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const city: QueryResolvers['city'] = (_parent, { id }, { loaders }) => {
  const code = parseCityId(id);
  return code === null ? null : loaders.cities.load(code);
};
