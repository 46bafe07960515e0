import type { Rejection, Rule } from './rule.ts';

export const NOT_FIRST: Rejection = {
  reason: 'NOT_FIRST_BOOKING',
  message: 'This coupon is for a first booking. Try another, or book without one.',
};

/** A customer has one booking with a coupon for newcomers, also while it is not paid. */
export const FIRST_IN_USE: Rejection = {
  reason: 'NOT_FIRST_BOOKING',
  message: 'Another booking of yours has a coupon for a first booking. Keep that one, or book without a coupon.',
};

/** A coupon for newcomers is used by who has booked nothing before. */
export const firstBooking: Rule = ({ coupon: { firstBookingOnly }, sale }) =>
  firstBookingOnly && !sale.isFirstBooking ? NOT_FIRST : null;
