import type { QueryResolvers } from '../../generated/resolvers.ts';

export const couponBookings: QueryResolvers['couponBookings'] = (_parent, { holdIds }, { deps }) =>
  deps.bookings.withCouponOf(holdIds);
