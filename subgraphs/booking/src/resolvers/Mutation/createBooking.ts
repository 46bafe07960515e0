import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUser } from '@marquee/subgraph';

import { CouponRejectedError, HoldExpiredError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { COUPON_UNAVAILABLE } from '../../use-cases/apply-coupon.ts';
import * as useCase from '../../use-cases/create-booking.ts';

export const createBooking: MutationResolvers['createBooking'] = (_parent, { input }, { caller, deps }) =>
  resultOf([AccountRestrictedError, HoldExpiredError, ShowClosedError, CouponRejectedError], async () => {
    const booking = await useCase.createBooking(deps, { ...input, customerId: requireUser(caller) });
    const isWithout = typeof input.couponCode === 'string' && booking.coupon === null;
    return {
      __typename: 'CreateBookingPayload' as const,
      booking,
      couponProblem: isWithout ? COUPON_UNAVAILABLE : null,
      couponProblemReason: isWithout ? ('UNAVAILABLE' as const) : null,
    };
  });
