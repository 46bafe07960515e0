import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireReader } from '../../access.ts';
import { BookingReviewDecidedError, TicketsUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/decide-booking-review.ts';

export const decideBookingReview: MutationResolvers['decideBookingReview'] = (_parent, { input }, context) =>
  resultOf([BookingReviewDecidedError, TicketsUnavailableError], async () => {
    const { caller, deps } = context;
    const found = await deps.bookings.find(input.bookingId);
    if (found) await requireReader(found, context);
    const booking = await useCase.decideBookingReview(deps, { ...input, decidedBy: requireUser(caller) });
    return { __typename: 'DecideBookingReviewPayload' as const, booking };
  });
