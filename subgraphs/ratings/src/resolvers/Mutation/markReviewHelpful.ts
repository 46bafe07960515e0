import type { MutationResolvers } from '../../generated/resolvers.ts';
import { voteHelpful } from '../../use-cases/vote-helpful.ts';

export const markReviewHelpful: MutationResolvers['markReviewHelpful'] = async (_parent, args, { caller, deps }) => ({
  review: await voteHelpful(deps, { ...args, caller, isHelpful: true }),
});
