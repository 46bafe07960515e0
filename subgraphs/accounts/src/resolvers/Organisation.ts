import type { OrganisationResolvers } from '../generated/resolvers.ts';
import { organisationFor } from './organisation-for.ts';

export const Organisation: OrganisationResolvers = {
  __resolveReference: ({ id }, context) => organisationFor(id, context),
  members: ({ id }, _args, { loaders }) => loaders.membersByOrganisation.load(id),
};
