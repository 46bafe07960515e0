import type { QueryResolvers } from '../../generated/resolvers.ts';

export const show: QueryResolvers['show'] = (_parent, { id }, { loaders }) => loaders.shows.load(id);
