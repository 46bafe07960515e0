import type { QueryResolvers } from '../../generated/resolvers.ts';

export const membershipPlans: QueryResolvers['membershipPlans'] = async (_parent, { currency }, { deps }) =>
  deps.plans.list(currency ?? null);
