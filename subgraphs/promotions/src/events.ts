import type { EventHandlers } from '@marquee/events';

import { UsedCouponRepository } from './adapters/used-coupons.ts';

/** What becomes of bookings with a coupon. */
export function handlers(): EventHandlers {
  return {
    'booking.coupon-changed': async ({ payload: { holdId, bookingId, status } }, tx) => {
      const [used, hold] = [new UsedCouponRepository(tx), { holdId, bookingId }];
      if (status === 'PENDING_PAYMENT') await used.follow(hold);
      else if (status === 'EXPIRED' || status === 'CANCELLED') await used.giveBack(hold);
      else if (status !== 'NEEDS_REVIEW') await used.redeem(hold);
    },
  };
}
