import { expect, test } from 'vitest';

import { possibleOutcomes, reviewDecided, withFailedRefund } from './booking-review.ts';
import type { BookingStatus } from './booking.ts';

const price = { currency: 'GBP', subtotal: 2_000, fees: 120, tax: 24, discount: 0, total: 2_144 };
const refundOf = (amount: number, currency = 'GBP') => ({
  ...{ refundId: `rfd_${amount}`, paymentId: 'pay_1' },
  amount: { amount, currency },
});
const booking = (status: BookingStatus) => ({
  ...{ status, price, coupon: null, paymentId: null, payments: null, review: null },
  ...{ refunded: 0, refundRequested: 2_144 },
});

test.each(['EXPIRED', 'CANCELLED'] as const)(
  'a booking that is %s needs review, and is so again afterwards',
  (status) => {
    const one = withFailedRefund(booking(status), refundOf(1_000));
    const two = withFailedRefund(one, refundOf(1_144));
    expect(two).toMatchObject({ status: 'NEEDS_REVIEW', review: { previousStatus: status } });
    expect(two.review.failedRefunds.map(({ refundId }) => refundId)).toEqual(['rfd_1000', 'rfd_1144']);
    const decided = reviewDecided({ ...two, refundRequested: 2_144 }, { outcome: 'CLOSE' });
    expect(decided).toEqual({ status, review: null, refundRequested: 2_144 });
  },
);

test.each(['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED', 'COMPLETED'] as const)(
  'a booking that is %s keeps its status',
  (status) => {
    const reviewed = { ...booking(status), ...withFailedRefund(booking(status), refundOf(2_144)) };
    expect(reviewed.status).toBe(status);
    expect(possibleOutcomes(reviewed)).toEqual(['REFUND', 'CLOSE']);
    expect(reviewDecided(reviewed, { outcome: 'REFUND' }).status).toBe(status);
  },
);

test('a booking that ends while a refund of it is under review needs review when another fails', () => {
  const kept = withFailedRefund(booking('CONFIRMED'), refundOf(1));
  const ended = withFailedRefund({ ...kept, status: 'CANCELLED' }, refundOf(2));
  expect(ended).toMatchObject({ status: 'NEEDS_REVIEW', review: { previousStatus: 'CANCELLED' } });
});

test('tickets are given for one payment of the whole price alone', () => {
  const after = (...refunds: ReturnType<typeof refundOf>[]) =>
    refunds.reduce(
      (state, refund) => ({ ...state, ...withFailedRefund(state, refund) }),
      booking('EXPIRED') as Parameters<typeof possibleOutcomes>[0],
    );
  expect(possibleOutcomes(after(refundOf(2_144)))).toContain('GIVE_TICKETS');
  for (const other of [[refundOf(2_143)], [refundOf(2_144, 'EUR')], [refundOf(2_144), refundOf(1)]])
    expect(possibleOutcomes(after(...other))).not.toContain('GIVE_TICKETS');
  const coupon = { couponId: 'cou_1', code: 'SAVE3', amount: 300 };
  for (const spent of [{ payments: [] }, { refunded: 1 }, { paymentId: 'pay_2' }, { coupon }])
    expect(possibleOutcomes({ ...after(refundOf(2_144)), ...spent })).not.toContain('GIVE_TICKETS');
});
