import type { Rejection, Rule } from './rule.ts';

export const NOT_FIRST: Rejection = {
  reason: 'NOT_FIRST_BOOKING',
  message: 'This coupon is for a first booking. Try another, or book without one.',
};

/** A coupon for newcomers is used by who has booked nothing before. */
export const firstBooking: Rule = ({ coupon: { firstBookingOnly }, sale }) =>
  firstBookingOnly && !sale.isFirstBooking ? NOT_FIRST : null;
