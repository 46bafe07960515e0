import type { Money } from '@marquee/money';
import type { ServiceCalls } from '@marquee/subgraph';

import type { FollowedHold, HeldSale, Holds } from '../domain/ports.ts';

const HOLD = `query CouponHold($id: ID!) {
  couponHold(id: $id) {
    customerId isActive titleId cityId organisationId subtotal { amount currency } discountable isFirstBooking
  }
}`;
const TOTAL = `query CouponTotal($id: ID!, $discount: MinorUnits!) {
  couponHold(id: $id) { totalAfter(discount: $discount) { amount currency } }
}`;
const FOLLOWED = `query CouponBookings($holdIds: [ID!]!) { couponBookings(holdIds: $holdIds) { holdId bookingId } }`;

/** Asks booking under promotions' service identity. */
export function bookingOf(calls: ServiceCalls): Holds & {
  /** Which of the holds became a booking with a coupon. */
  followed(holdIds: readonly string[]): Promise<readonly FollowedHold[]>;
} {
  return {
    find: async (id) => {
      const { couponHold } = await calls.query<{ couponHold: Omit<HeldSale, 'holdId'> | null }>('booking', {
        query: HOLD,
        variables: { id },
      });
      return couponHold && { ...couponHold, holdId: id };
    },
    totalAfter: async (id, { amount: discount }) => {
      const { couponHold } = await calls.query<{ couponHold: { totalAfter: Money } | null }>('booking', {
        query: TOTAL,
        variables: { id, discount },
      });
      if (!couponHold) throw new Error(`The hold ${id} is gone`);
      return couponHold.totalAfter;
    },
    followed: async (holdIds) => {
      const { couponBookings } = await calls.query<{ couponBookings: readonly FollowedHold[] }>('booking', {
        query: FOLLOWED,
        variables: { holdIds },
      });
      return couponBookings;
    },
  };
}
