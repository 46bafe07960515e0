import { nameContains } from '../../domain/profile.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const people: QueryResolvers['people'] = async (_parent, { ids, named }, { deps }) => {
  const found = await deps.users.findMany(ids);
  return named ? found.filter(({ displayName }) => nameContains(displayName, named)) : found;
};
