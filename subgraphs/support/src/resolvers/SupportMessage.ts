import type { SupportMessageResolvers } from '../generated/resolvers.ts';

export const SupportMessage: SupportMessageResolvers = {
  internal: ({ note }) => note > 0,
  author: ({ authorId }) => ({ id: authorId }),
};
