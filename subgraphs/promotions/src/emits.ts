import { code, id, money, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** A use of a coupon by the customer of a booking. */
const use = z.object({ couponId: id, bookingId: id, customerId: id, discount: money });

/** The reward of one of the two of a referral. */
const reward = z.object({
  rewardId: id,
  userId: id,
  /** Who was invited; the other one, or the same. */
  inviteeId: id,
  amount: z.int(),
  currency: code,
});

/** Events of promotions, keyed by the coupon's or the reward's id. */
export const emits = {
  /** A booking with the coupon was paid. */
  'promotions.coupon-redeemed': use,
  /** A booking with the coupon has expired or was cancelled. */
  'promotions.coupon-returned': use,
  /** A reward for a referral, which payments adds to the wallet. */
  'promotions.referral-rewarded': reward,
  /** A reward that is taken back. */
  'promotions.referral-reversed': reward,
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}
