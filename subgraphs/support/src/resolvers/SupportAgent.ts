import type { SupportAgentResolvers } from '../generated/resolvers.ts';

export const SupportAgent: SupportAgentResolvers = {
  user: ({ id }) => ({ id }),
};
