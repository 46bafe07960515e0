import type { Tone } from '@marquee/app-kit/ui';

import type { CouponStatus, OrganisationCouponsQuery } from '../generated/graphql.ts';

export type Coupon = OrganisationCouponsQuery['coupons']['edges'][number]['node'];

export const COUPON_TONES: Readonly<Record<CouponStatus, Tone>> = {
  SCHEDULED: 'plain',
  ACTIVE: 'good',
  EXHAUSTED: 'warning',
  EXPIRED: 'plain',
  DISABLED: 'bad',
};
