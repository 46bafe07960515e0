import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { PaymentReviewDecidedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/decide-payment-review.ts';

export const decidePaymentReview: MutationResolvers['decidePaymentReview'] = (_parent, { input }, { caller, deps }) =>
  resultOf([PaymentReviewDecidedError], async () => ({
    __typename: 'DecidePaymentReviewPayload' as const,
    review: await useCase.decidePaymentReview(deps, { ...input, staffId: requireUser(caller) }),
  }));
