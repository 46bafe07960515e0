import type { ScreenResolvers } from '../generated/resolvers.ts';

export const Screen: ScreenResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.screens.load(id),
};
