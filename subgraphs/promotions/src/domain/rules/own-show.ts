import { fundingOf } from '../coupon.ts';
import type { Rule } from './rule.ts';

/** Nobody has the marketplace pay for seats of a show that they earn from. */
export const ownShow: Rule = ({ coupon, worksForOrganiser }) =>
  fundingOf(coupon) === 'MARKETPLACE' && worksForOrganiser
    ? {
        reason: 'OTHER_ORGANISER',
        message: 'This coupon is not for shows of an organisation that you work for. Book without it.',
      }
    : null;
