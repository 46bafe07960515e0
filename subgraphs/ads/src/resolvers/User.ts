import { latestConnection, latestPage, organisationsFor } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  campaigns: async ({ id }, args, { deps, loaders }) => {
    const page = latestPage(args);
    const organisationIds = organisationsFor('CAMPAIGNS', await loaders.organisationRoles.load(id));
    return latestConnection(await deps.campaigns.page({ ...page, organisationIds }), page);
  },
};
