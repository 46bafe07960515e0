import { requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const viewer: QueryResolvers['viewer'] = (_parent, _args, { caller, loaders }) =>
  loaders.users.load(requireUser(caller));
