import { EXHAUSTED } from './exhausted.ts';
import type { Rule } from './rule.ts';

/** A coupon takes off so much in all at most. The database decides between several uses at once. */
export const budget: Rule = ({ coupon, discount }) =>
  coupon.budget !== null && coupon.spent + discount.amount > coupon.budget.amount ? EXHAUSTED : null;
