import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { BookingReviewDecidedError, TicketsUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/decide-booking-review.ts';

export const decideBookingReview: MutationResolvers['decideBookingReview'] = (_parent, { input }, { caller, deps }) =>
  resultOf([BookingReviewDecidedError, TicketsUnavailableError], async () => ({
    __typename: 'DecideBookingReviewPayload' as const,
    booking: await useCase.decideBookingReview(deps, { ...input, decidedBy: requireUser(caller) }),
  }));
