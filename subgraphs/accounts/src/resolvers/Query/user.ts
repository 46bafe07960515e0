import type { QueryResolvers } from '../../generated/resolvers.ts';

export const user: QueryResolvers['user'] = (_parent, { id }, { loaders }) => loaders.users.load(id);
