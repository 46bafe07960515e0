import { shareUrlOf } from '../domain/referral.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  referral: async ({ id }, _args, { deps, loaders }) => {
    const referral = await loaders.referrals.load(id);
    return referral && { ...referral, shareUrl: shareUrlOf(referral, deps.shareSites) };
  },
};
