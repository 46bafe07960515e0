import { EXHAUSTED } from './exhausted.ts';
import type { Rule } from './rule.ts';

/** A coupon is used so often at most. The database decides between several uses at once. */
export const redemptionLimit: Rule = ({ coupon: { redemptionLimit: limit, reservedCount, redeemedCount } }) =>
  limit !== null && reservedCount + redeemedCount >= limit ? EXHAUSTED : null;
