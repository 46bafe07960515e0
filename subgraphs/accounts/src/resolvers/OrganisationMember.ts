import { mayDo } from '@marquee/subgraph';

import type { OrganisationMemberResolvers } from '../generated/resolvers.ts';
import { organisationFor } from './organisation-for.ts';

export const OrganisationMember: OrganisationMemberResolvers = {
  organisation: async ({ organisationId }, _args, context) => found(await organisationFor(organisationId, context)),
  user: async ({ userId, callerRole = null }, _args, { loaders }) => {
    const user = found(await loaders.users.load(userId));
    return mayDo('MEMBERS', callerRole) ? { ...user, isManaged: true as const } : user;
  },
};

/** The row that a foreign key refers to. */
function found<T>(row: T | null): T {
  if (row === null) throw new Error('A membership refers to a row that does not exist');
  return row;
}
