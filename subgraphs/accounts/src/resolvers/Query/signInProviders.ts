import type { QueryResolvers } from '../../generated/resolvers.ts';

export const signInProviders: QueryResolvers['signInProviders'] = (_parent, _args, { deps }) =>
  deps.signInProviders.list.map(({ id, name }) => ({ id, name, startUrl: deps.signInProviders.startUrl(id) }));
