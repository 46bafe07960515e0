import { unavailable } from '@marquee/errors';
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

/** Asks booking under promotions' service identity. @throws {CodedError} SUBGRAPH_UNAVAILABLE when it does not answer */
export function bookingOf(calls: ServiceCalls): Holds & {
  /** Which of the holds became a booking with a coupon. */
  followed(holdIds: readonly string[]): Promise<readonly FollowedHold[]>;
} {
  const ask = async <Data>(query: string, variables: object): Promise<Data> => {
    try {
      return await calls.query<Data>('booking', { query, variables: { ...variables } });
    } catch (error) {
      throw unavailable('booking', { cause: error });
    }
  };
  return {
    find: async (id) => {
      const { couponHold } = await ask<{ couponHold: Omit<HeldSale, 'holdId'> | null }>(HOLD, { id });
      return couponHold && { ...couponHold, holdId: id };
    },
    totalAfter: async (id, { amount: discount }) => {
      const { couponHold } = await ask<{ couponHold: { totalAfter: Money } | null }>(TOTAL, { id, discount });
      return couponHold && couponHold.totalAfter;
    },
    followed: async (holdIds) => {
      const { couponBookings } = await ask<{ couponBookings: readonly FollowedHold[] }>(FOLLOWED, { holdIds });
      return couponBookings;
    },
  };
}
