import { resultOf } from '@marquee/errors';

import { ReviewTakesNoReplyError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/reply-to-review.ts';

export const replyToReview: MutationResolvers['replyToReview'] = (_parent, args, { caller, deps }) =>
  resultOf([ReviewTakesNoReplyError], async () => ({
    __typename: 'ReplyToReviewPayload' as const,
    review: await useCase.replyToReview(deps, { ...args, caller }),
  }));
