import { toCityId, parseCityId } from '../domain/city.ts';
import type { CityResolvers } from '../generated/resolvers.ts';

export const City: CityResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const code = parseCityId(id);
    return code === null ? null : loaders.cities.load(code);
  },
  id: ({ code }) => toCityId(code),
};
