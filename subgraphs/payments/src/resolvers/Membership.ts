import { graceEndsAt } from '../domain/billing/dunning.ts';
import { statusOf, upcomingCharge } from '../domain/billing/mandate.ts';
import type { MembershipResolvers } from '../generated/resolvers.ts';

export const Membership: MembershipResolvers = {
  status: statusOf,
  plan: async ({ planId }, _args, { loaders }) => {
    const plan = await loaders.plans.load(planId);
    if (!plan) throw new Error(`There is no plan ${planId}`);
    return plan;
  },
  currentPeriodEnd: ({ periodEnd }) => periodEnd,
  graceEndsAt,
  nextInvoice: upcomingCharge,
};
