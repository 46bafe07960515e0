import type { OrganisationResolvers } from '../generated/resolvers.ts';
import { organisationFor } from './organisation-for.ts';

export const Organisation: OrganisationResolvers = {
  __resolveReference: ({ id }, context) => organisationFor(id, context),
  members: async ({ id, callerRole }, _args, { loaders }) =>
    (await loaders.membersByOrganisation.load(id)).map((member) => ({ ...member, callerRole })),
  invitations: ({ id }, _args, { loaders }) => loaders.invitationsByOrganisation.load(id),
};
