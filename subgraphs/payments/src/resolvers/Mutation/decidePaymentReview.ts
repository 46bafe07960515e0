import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireReader } from '../../access.ts';
import { PaymentReviewDecidedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/decide-payment-review.ts';

export const decidePaymentReview: MutationResolvers['decidePaymentReview'] = (_parent, { input }, context) =>
  resultOf([PaymentReviewDecidedError], async () => {
    const { caller, deps } = context;
    const found = await deps.reviews.find(input.reviewId);
    const payment = found?.paymentId ? await deps.payments.find(found.paymentId) : null;
    if (payment) await requireReader(payment, context);
    const review = await useCase.decidePaymentReview(deps, { ...input, staffId: requireUser(caller) });
    return { __typename: 'DecidePaymentReviewPayload' as const, review };
  });
