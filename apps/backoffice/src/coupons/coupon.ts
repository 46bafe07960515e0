import type { Tone } from '@marquee/app-kit/ui';

import type { CouponStatus } from '../generated/graphql.ts';

export const COUPON_TONES: Readonly<Record<CouponStatus, Tone>> = {
  SCHEDULED: 'plain',
  ACTIVE: 'good',
  EXHAUSTED: 'warning',
  EXPIRED: 'plain',
  DISABLED: 'bad',
};
