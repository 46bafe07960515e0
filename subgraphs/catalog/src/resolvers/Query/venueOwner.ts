import type { QueryResolvers } from '../../generated/resolvers.ts';

export const venueOwner: QueryResolvers['venueOwner'] = async (_parent, { venueId }, { loaders }) => {
  const venue = await loaders.venues.load(venueId);
  return venue?.ownerId ?? null;
};
