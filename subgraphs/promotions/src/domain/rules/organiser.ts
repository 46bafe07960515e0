import type { Rule } from './rule.ts';

/** A coupon of an organisation is used for its own shows. */
export const organiser: Rule = ({ coupon: { organisationId }, sale }) =>
  organisationId === null || organisationId === sale.organisationId
    ? null
    : {
        reason: 'OTHER_ORGANISER',
        message: 'This coupon is for shows of another organiser. Try another, or book without one.',
      };
