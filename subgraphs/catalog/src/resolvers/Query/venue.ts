import type { QueryResolvers } from '../../generated/resolvers.ts';

export const venue: QueryResolvers['venue'] = (_parent, { id }, { loaders }) => loaders.venues.load(id);
