import type { QueryResolvers } from '../../generated/resolvers.ts';

export const showDemand: QueryResolvers['showDemand'] = (_parent, { showId }, { deps }) => deps.shows.demand(showId);
