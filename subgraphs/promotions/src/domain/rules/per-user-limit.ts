import type { Rejection, Rule } from './rule.ts';

export const USED_BY_CUSTOMER: Rejection = {
  reason: 'USED_BY_CUSTOMER',
  message: 'You have used this coupon as often as you may. Try another, or book without one.',
};

/** A customer uses a coupon so often at most. The database decides between several uses at once. */
export const perUserLimit: Rule = ({ coupon: { perUserLimit: limit }, usedByCustomer }) =>
  limit !== null && usedByCustomer >= limit ? USED_BY_CUSTOMER : null;
