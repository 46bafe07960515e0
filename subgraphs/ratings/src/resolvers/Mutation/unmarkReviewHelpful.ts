import type { MutationResolvers } from '../../generated/resolvers.ts';
import { voteHelpful } from '../../use-cases/vote-helpful.ts';

export const unmarkReviewHelpful: MutationResolvers['unmarkReviewHelpful'] = async (
  _parent,
  args,
  { caller, deps },
) => ({ review: await voteHelpful(deps, { ...args, caller, isHelpful: false }) });
