import type { ScreenResolvers } from '../generated/resolvers.ts';

export const Screen: ScreenResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.screens.load(id),
  tierNames: async ({ layoutId }, _args, { loaders }) => (await loaders.layoutTiers.load(layoutId))?.tierNames ?? [],
};
