import { resultOf } from '@marquee/errors';

import { CouponRejectedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/reserve-coupon.ts';

export const reserveCoupon: MutationResolvers['reserveCoupon'] = (_parent, { input }, { deps }) =>
  resultOf([CouponRejectedError], async () => {
    const { code, organisationId = null, ...sale } = input;
    const reservation = await useCase.reserveCoupon(deps, code, { ...sale, organisationId });
    return { __typename: 'ReserveCouponPayload' as const, ...reservation };
  });
