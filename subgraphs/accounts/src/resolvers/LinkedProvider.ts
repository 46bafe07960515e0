import type { LinkedProviderResolvers } from '../generated/resolvers.ts';

export const LinkedProvider: LinkedProviderResolvers = {
  id: ({ provider }) => provider,
  name: ({ provider }, _args, { deps }) =>
    deps.signInProviders.list.find(({ id }) => id === provider)?.name ?? provider,
  linkedAt: ({ createdAt }) => createdAt,
};
