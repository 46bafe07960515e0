import type { QueryResolvers } from '../../generated/resolvers.ts';

export const title: QueryResolvers['title'] = (_parent, { id }, { loaders }) => loaders.titles.load(id);
