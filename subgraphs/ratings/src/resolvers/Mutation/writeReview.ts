import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { ConflictOfInterestError, ReviewExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/write-review.ts';

export const writeReview: MutationResolvers['writeReview'] = (_parent, { input }, { caller, deps }) =>
  resultOf([ReviewExistsError, ConflictOfInterestError], async () => ({
    __typename: 'WriteReviewPayload' as const,
    review: await useCase.writeReview(deps, { ...input, authorId: requireUser(caller) }),
  }));
