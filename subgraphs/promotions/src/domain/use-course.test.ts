import type { PayloadOf } from '@marquee/events';
import { expect, test } from 'vitest';

import { stepsOf } from './use-course.ts';

type Status = PayloadOf<'booking.coupon-changed'>['status'];

const told = (...statuses: readonly Status[]) =>
  stepsOf(
    statuses.map((status, n) => ({
      payload: { holdId: 'hld_1', bookingId: 'bkg_1', customerId: 'usr_1', couponId: 'cou_1', status },
      traceparent: `trace ${n}`,
    })),
  ).map(({ redeemed, returned }) => ({ redeemed, returned }));

test.each([
  [['PENDING_PAYMENT'], { redeemed: false, returned: false }],
  [['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED'], { redeemed: true, returned: false }],
  [['CONFIRMED', 'CANCELLED'], { redeemed: true, returned: true }],
  [['EXPIRED', 'CONFIRMED'], { redeemed: false, returned: true }],
] as const)('bookings that are told to be %j take one step: %j', (statuses, step) => {
  expect(told(...statuses)).toEqual([step]);
});

test('a booking that support decides on takes no step', () => {
  expect(told('NEEDS_REVIEW')).toEqual([]);
});
