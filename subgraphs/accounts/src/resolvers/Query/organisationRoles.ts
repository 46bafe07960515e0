import type { QueryResolvers } from '../../generated/resolvers.ts';

export const organisationRoles: QueryResolvers['organisationRoles'] = (_parent, { userId }, { loaders }) =>
  loaders.activeMembershipsByUser.load(userId);
