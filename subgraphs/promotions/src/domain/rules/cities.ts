import type { Rule } from './rule.ts';

/** A coupon of cities is used in these. */
export const cities: Rule = ({ coupon: { cityIds }, sale }) =>
  cityIds.length === 0 || cityIds.includes(sale.cityId)
    ? null
    : { reason: 'OTHER_CITY', message: 'This coupon is for another city. Try another, or book without one.' };
