import type { Rejection } from './rule.ts';

/** A customer has one unpaid booking with a coupon, so that nobody uses it up without paying. */
export const UNPAID_BOOKING: Rejection = {
  reason: 'UNPAID_BOOKING',
  message: 'You have an unpaid booking with this coupon. Pay it or let it expire first, or book without the coupon.',
};
