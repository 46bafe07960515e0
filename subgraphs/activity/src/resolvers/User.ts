import { latestConnection, latestPage } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  history: async ({ id }, args, { loaders }) => {
    const page = latestPage(args);
    return latestConnection(await loaders.history(page).load(id), page);
  },
};
