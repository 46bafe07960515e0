import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { ReviewChangedError, ReviewDecidedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/moderate-review.ts';

export const moderateReview: MutationResolvers['moderateReview'] = (_parent, args, { caller, deps }) =>
  resultOf([ReviewDecidedError, ReviewChangedError], async () => ({
    __typename: 'ModerateReviewPayload' as const,
    review: await useCase.moderateReview(deps, {
      ...args,
      version: args.version ?? null,
      moderatorId: requireUser(caller),
    }),
  }));
