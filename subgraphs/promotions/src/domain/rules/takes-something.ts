import type { Rule } from './rule.ts';

/** A use takes something off: one that takes nothing would be spent in vain. */
export const takesSomething: Rule = ({ discount }) =>
  discount.amount > 0
    ? null
    : {
        reason: 'MINIMUM_SPEND',
        message: 'These seats cost too little for this coupon. Choose others, or book without it.',
      };
