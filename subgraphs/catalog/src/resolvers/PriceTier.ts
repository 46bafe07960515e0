import { showIdOfTier } from '../domain/show.ts';
import type { PriceTierResolvers } from '../generated/resolvers.ts';

export const PriceTier: PriceTierResolvers = {
  __resolveReference: async ({ id }, { loaders }) => {
    const showId = showIdOfTier(id);
    const show = showId === null ? null : await loaders.shows.load(showId);
    return show?.tiers.find((tier) => tier.id === id) ?? null;
  },
};
