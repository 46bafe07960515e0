import { currencyOf, statusOf } from '../domain/coupon.ts';
import type { CouponResolvers } from '../generated/resolvers.ts';

export const Coupon: CouponResolvers = {
  organisation: ({ organisationId }) => (organisationId === null ? null : { id: organisationId }),
  status: (coupon) => statusOf(coupon),
  spent: (coupon) => {
    const currency = currencyOf(coupon);
    return currency === null ? null : { amount: coupon.spent, currency };
  },
};
