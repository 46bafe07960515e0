import { latestConnection, latestPage, requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';
import { listUsers } from '../../use-cases/list-users.ts';

export const users: QueryResolvers['users'] = async (_parent, { search, ...args }, { caller, deps }) => {
  const page = latestPage(args);
  const wanted = { actorId: requireUser(caller), search: search?.trim() || null, page };
  return latestConnection(await listUsers(deps, wanted), page);
};
