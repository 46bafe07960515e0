import { formatMoney } from '@marquee/money';

import type { Rule } from './rule.ts';

/** The seats cost at least so much, before fees and tax. */
export const minimumSpend: Rule = ({ coupon, sale }) =>
  coupon.minimumSpend === null || sale.subtotal.amount >= coupon.minimumSpend.amount
    ? null
    : {
        reason: 'MINIMUM_SPEND',
        message: `This coupon is for seats of at least ${formatMoney(coupon.minimumSpend)}. Choose more, or book without it.`,
      };
