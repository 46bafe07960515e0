import { latestConnection, latestPage } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const users: QueryResolvers['users'] = async (_parent, { search, ...args }, { deps }) => {
  const page = latestPage(args);
  return latestConnection(await deps.users.page(search?.trim() || null, page), page);
};
