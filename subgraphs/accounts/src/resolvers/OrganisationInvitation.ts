import type { OrganisationInvitationResolvers } from '../generated/resolvers.ts';

export const OrganisationInvitation: OrganisationInvitationResolvers = {
  invitedBy: ({ invitedBy }, _args, { loaders }) => loaders.users.load(invitedBy),
};
