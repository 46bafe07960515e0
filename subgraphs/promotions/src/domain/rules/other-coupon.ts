import type { Rejection } from './rule.ts';

/** A hold has one coupon at a time. */
export const OTHER_COUPON: Rejection = {
  reason: 'OTHER_COUPON',
  message: 'Another coupon is being applied to these seats. Use that one, or try again in some minutes.',
};
