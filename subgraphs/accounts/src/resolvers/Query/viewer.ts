import { userIdOf } from '@marquee/subgraph';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const viewer: QueryResolvers['viewer'] = (_parent, _arguments, { caller, loaders }) => {
  const userId = userIdOf(caller);
  return userId === null ? null : loaders.users.load(userId);
};
