import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { BookedCoupon, Booking } from './booking.ts';
import { assertCouponFits, movedPrice } from './moved-price.ts';
import { type Discount, membershipDiscounts } from './discount.ts';
import { priceBooking, type PriceRules } from './price.ts';
import { amountOf } from './refund.ts';
import { type Destination, differenceParts } from './reschedule.ts';
import type { Show } from './show.ts';

const plain: PriceRules = { feePercent: 6, tax: { onFees: 20, onSeats: 0 } };
const gbp = (amounts: readonly number[]) => amounts.map((amount) => ({ amount, currency: 'GBP' }));
const couponOf = (amount: number): BookedCoupon => ({ couponId: 'cou_1', code: 'SAVE', amount });

/** A booking of these seats with a coupon, by a member. */
function booked(seats: readonly number[], off: number, feePercentOff = 0, rules = plain) {
  const ofCoupon: Discount = { reason: 'COUPON', of: 'SEATS', by: { amount: off } };
  const price = priceBooking(gbp(seats), rules, [...membershipDiscounts(feePercentOff), ofCoupon]);
  return { coupon: couponOf(off), price };
}

test('half off four seats is half off four cheaper seats', () => {
  const { price, coupon } = movedPrice(booked([100, 100, 100, 100], 200), gbp([50, 50, 50, 50]), plain);
  expect(price).toMatchObject({ subtotal: 200, discount: 100 });
  expect(coupon?.amount).toBe(100);
});

test('dearer seats keep the amount, and the discount of a membership stays one of fees', () => {
  const member = booked([1_000], 300, 50);
  expect(member.price.discount).toBe(330);
  const dearer = movedPrice(member, gbp([2_000]), plain);
  expect([dearer.price.discount, dearer.coupon?.amount]).toEqual([330, 300]);
  const cheaper = movedPrice(member, gbp([500]), plain);
  expect([cheaper.price.discount, cheaper.coupon?.amount]).toEqual([165, 150]);
});

test('whatever the seats, a coupon takes off no larger share or amount than before, and leaves something to pay', () => {
  const seats = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 });
  const percent = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(seats, seats, percent, percent, percent, (from, onto, feePercent, feePercentOff, share) => {
      const rules = { feePercent, tax: { onFees: 20, onSeats: 10 } };
      const sum = from.reduce((all, amount) => all + amount, 0);
      const before = booked(from, Math.floor(((sum - 1) * share) / 100), feePercentOff, rules);
      const { price, coupon } = movedPrice(before, gbp(onto), rules);
      const amount = coupon?.amount ?? 0;
      expect(amount).toBeLessThanOrEqual(before.coupon.amount);
      expect(amount * before.price.subtotal).toBeLessThanOrEqual(before.coupon.amount * price.subtotal);
      expect(price.total).toBeGreaterThan(0);
      const difference = differenceParts({ booking: before as Booking, to: { price } as Destination });
      expect(amountOf(difference)).toBe(Math.abs(price.total - before.price.total));
      expect(Math.min(...Object.values(difference))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('none of what dearer seats cost more is the coupon’s, which has taken it off already', () => {
  const booking = booked([1_000], 300) as Booking;
  const { price } = movedPrice(booking, gbp([2_000]), plain);
  expect(differenceParts({ booking, to: { price } as Destination })).toMatchObject({ subtotal: 1_000, discount: 0 });
});

test('a booking moves to no show that its coupon is not for', () => {
  const { price } = booked([1_000], 300);
  const coupon = { ...couponOf(300), minimumSpend: 900, titleIds: ['ttl_1'] };
  const to = (titleId: string, amount: number) => () =>
    assertCouponFits({ coupon, price }, { titleId } as Show, gbp([amount]));
  expect(to('ttl_1', 900)).not.toThrow();
  expect(to('ttl_1', 899)).toThrow('at least 9.00 GBP');
  expect(to('ttl_2', 900)).toThrow('another film or event');
});
