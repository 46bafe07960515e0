import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { ReviewDeletedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/delete-review.ts';

export const deleteReview: MutationResolvers['deleteReview'] = (_parent, { reviewId }, { caller, deps }) =>
  resultOf([ReviewDeletedError], async () => {
    await useCase.deleteReview(deps, { reviewId, authorId: requireUser(caller) });
    return { __typename: 'DeleteReviewPayload' as const, deletedReviewId: reviewId };
  });
