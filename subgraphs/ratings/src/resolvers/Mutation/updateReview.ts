import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { ConflictOfInterestError, ReviewDeletedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/update-review.ts';

export const updateReview: MutationResolvers['updateReview'] = (_parent, { input }, { caller, deps }) =>
  resultOf([ReviewDeletedError, ConflictOfInterestError], async () => ({
    __typename: 'UpdateReviewPayload' as const,
    review: await useCase.updateReview(deps, { ...input, authorId: requireUser(caller) }),
  }));
