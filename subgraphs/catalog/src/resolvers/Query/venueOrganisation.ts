import type { QueryResolvers } from '../../generated/resolvers.ts';

export const venueOrganisation: QueryResolvers['venueOrganisation'] = async (_parent, { venueId }, { loaders }) => {
  const venue = await loaders.venues.load(venueId);
  return venue?.organisationId ?? null;
};
