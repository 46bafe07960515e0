import { currencyOf } from '../coupon.ts';
import type { Rule } from './rule.ts';

/** A coupon with amounts is used where prices have its currency. */
export const currency: Rule = ({ coupon, sale }) => {
  const own = currencyOf(coupon);
  if (own === null || own === sale.subtotal.currency) return null;
  return {
    reason: 'OTHER_CURRENCY',
    message: `This coupon is for prices in ${own}. Try another, or book without one.`,
  };
};
