import { id, money, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** A use of a coupon by the customer of a booking. */
const use = z.object({ couponId: id, bookingId: id, customerId: id, discount: money });

/** Events of promotions, keyed by the coupon's id. */
export const emits = {
  /** A booking with the coupon was paid. */
  'promotions.coupon-redeemed': use,
  /** A booking with the coupon has expired or was cancelled. */
  'promotions.coupon-returned': use,
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}
