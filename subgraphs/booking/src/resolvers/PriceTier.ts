import { allInPrice, rulesFor } from '../domain/price.ts';
import { showIdOfTier } from '../domain/show.ts';
import type { PriceTierResolvers } from '../generated/resolvers.ts';

export const PriceTier: PriceTierResolvers = {
  __resolveReference: async ({ id }, { loaders }) => {
    const show = await loaders.shows.load(showIdOfTier(id));
    return show?.tiers.find((tier) => tier.id === id) ?? null;
  },
  allInPrice: async ({ id, price }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(showIdOfTier(id));
    return show && allInPrice(price, rulesFor(deps.pricing, show));
  },
};
