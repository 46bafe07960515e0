import { resultOf } from '@marquee/errors';

import { CouponCodeTakenError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-coupon.ts';

export const createCoupon: MutationResolvers['createCoupon'] = (_parent, { input }, { caller, deps }) =>
  resultOf([CouponCodeTakenError], async () => ({
    __typename: 'CreateCouponPayload' as const,
    coupon: await useCase.createCoupon(deps, caller, input),
  }));
