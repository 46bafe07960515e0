import type { Rejection } from './rule.ts';

/** The answer of all that limits a coupon as a whole. */
export const EXHAUSTED: Rejection = {
  reason: 'EXHAUSTED',
  message: 'This coupon has been used up. Try another, or book without one.',
};
