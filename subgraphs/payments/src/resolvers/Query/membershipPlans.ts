import type { QueryResolvers } from '../../generated/resolvers.ts';

export const membershipPlans: QueryResolvers['membershipPlans'] = async (_parent, { currency, country }, { deps }) =>
  deps.plans.list({ currency: currency ?? null, country: country ?? null });
