import type { Rule } from './rule.ts';

/** A coupon of titles is used for these. */
export const titles: Rule = ({ coupon: { titleIds }, sale }) =>
  titleIds.length === 0 || titleIds.includes(sale.titleId)
    ? null
    : { reason: 'OTHER_TITLE', message: 'This coupon is for another film or event. Try another, or book without one.' };
