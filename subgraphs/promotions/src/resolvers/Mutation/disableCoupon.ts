import { resultOf } from '@marquee/errors';

import { CouponEndedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/disable-coupon.ts';

export const disableCoupon: MutationResolvers['disableCoupon'] = (_parent, { couponId }, { caller, deps }) =>
  resultOf([CouponEndedError], async () => ({
    __typename: 'DisableCouponPayload' as const,
    coupon: await useCase.disableCoupon(deps, caller, couponId),
  }));
