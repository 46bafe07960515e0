import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { CouponRejectedError } from '../../errors.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/check-coupon.ts';

export const checkCoupon: QueryResolvers['checkCoupon'] = (_parent, { holdId, code }, { caller, deps }) =>
  resultOf([CouponRejectedError], async () => {
    const quote = await useCase.checkCoupon(deps, { holdId, code, customerId: requireUser(caller) });
    return quote && { __typename: 'CouponQuote' as const, ...quote };
  });
