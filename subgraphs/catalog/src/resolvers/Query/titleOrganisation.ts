import type { QueryResolvers } from '../../generated/resolvers.ts';

export const titleOrganisation: QueryResolvers['titleOrganisation'] = async (_parent, { titleId }, { loaders }) => {
  const title = await loaders.titles.load(titleId);
  return title?.organisationId ?? null;
};
