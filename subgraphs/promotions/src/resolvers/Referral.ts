import type { ReferralResolvers } from '../generated/resolvers.ts';

const NOTHING = { amount: 0, currency: 'EUR' };

export const Referral: ReferralResolvers = {
  earned: ({ earned: [latest] }) => latest ?? NOTHING,
  earnedByCurrency: ({ earned }) => earned,
};
