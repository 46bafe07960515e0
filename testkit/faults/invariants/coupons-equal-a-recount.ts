import { audit } from '../../../subgraphs/promotions/src/audit.ts';
import { linesOf, type Rule } from './rule.ts';

export const couponsEqualARecount: Rule = {
  name: 'a coupon’s counts are those of its uses, and no limit is exceeded',
  violations: (databases) => linesOf(audit(databases('promotions'))),
};
