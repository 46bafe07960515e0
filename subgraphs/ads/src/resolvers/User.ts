import { latestConnection, latestPage } from '@marquee/subgraph';

import { managedOrganisations } from '../access.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  campaigns: async ({ id }, args, { deps, loaders }) => {
    const page = latestPage(args);
    const organisationIds = managedOrganisations(await loaders.organisationRoles.load(id), args.organisationId);
    return latestConnection(await deps.campaigns.page({ ...page, organisationIds }), page);
  },
};
