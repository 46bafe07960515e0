import type { SponsoredCardResolvers } from '../generated/resolvers.ts';

export const SponsoredCard: SponsoredCardResolvers = {
  title: ({ titleId }) => ({ id: titleId }),
};
