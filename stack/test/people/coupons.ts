/** The operations about coupons and referrals. */
import { randomUUID } from 'node:crypto';

import { ANONYMOUS, by, type Rows, tooMany } from './row.ts';
import type { World } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CODE = 'LANTERN10';

/** A hold of the customer, made once. */
async function holdOf({ send, kept, marketplace: { showId } }: World): Promise<string> {
  const known = kept.get('holdId');
  if (known !== undefined) return known;
  const input = { showId, quantity: 1, idempotencyKey: randomUUID() };
  const { holdBestAvailable } = (await send('customer', 'HoldBestAvailable', { input })) as {
    holdBestAvailable: { hold: { id: string } };
  };
  kept.set('holdId', holdBestAvailable.hold.id);
  return holdBestAvailable.hold.id;
}

export const COUPONS: Rows = {
  CreateCoupon: {
    variables: {
      input: {
        ...{ code: CODE, kind: 'PERCENT', percentOff: 10 },
        startsAt: new Date(Date.now() - DAY_MS).toISOString(),
        endsAt: new Date(Date.now() + DAY_MS).toISOString(),
      },
    },
    may: by('admin', 'CreateCouponPayload'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('admin', 'BAD_USER_INPUT', { input: { percentOff: 101 } }),
    keep: ({ createCoupon: { coupon } }: { createCoupon: { coupon: { id: string } } }, { kept }) =>
      kept.set('couponId', coupon.id),
  },
  Coupons: {
    variables: { first: 10 },
    may: by('admin'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: tooMany('admin'),
  },
  CheckCoupon: {
    variables: async (world) => ({ holdId: await holdOf(world), code: CODE }),
    may: by('customer', 'CouponQuote'),
    mayNot: by('customer2', 'FORBIDDEN'),
    bad: by('customer', 'CouponRejectedError', { code: 'NO-SUCH-CODE' }),
  },
  DisableCoupon: {
    variables: ({ kept }) => ({ couponId: kept.get('couponId') }),
    may: by('admin', 'DisableCouponPayload'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('admin', 'NOT_FOUND', { couponId: 'cpn_unknown' }),
  },
  MyReferral: { may: by('customer'), mayNot: ANONYMOUS, bad: null },
};
