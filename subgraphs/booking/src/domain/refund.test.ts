import { percentOf, sumOf } from '@marquee/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Booking } from './booking.ts';
import { amountOf, refundOf } from './refund.ts';
import { refundSources } from './refund-sources.ts';

const amount = fc.integer({ min: 0, max: 1_000_000 });

/** A booking of 1 to 25 seats, with a discount of at most their price. */
const booking = fc
  .record({
    prices: fc.array(amount, { minLength: 1, maxLength: 25 }),
    fees: amount,
    tax: amount,
    discountPercent: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ prices, fees, tax, discountPercent }) => {
    const subtotal = sumOf(prices);
    const discount = percentOf(subtotal + fees + tax, discountPercent);
    const price = { currency: 'EUR', subtotal, fees, tax, discount, total: subtotal - discount + fees + tax };
    const seats = prices.map((price_, index) => ({ id: `A${index}`, price: { amount: price_, currency: 'EUR' } }));
    return { seats, price, refunded: 0, refundRequested: 0, paymentId: 'pay_1', payments: null } as unknown as Booking;
  });
const percent = fc.integer({ min: 0, max: 100 });

const oneByOne = (of: Booking, share: number) => of.seats.map(({ id }) => refundOf(of, new Set([id]), share));
const all = ({ seats }: Booking): Set<string> => new Set(seats.map(({ id }) => id));

test('refunds one by one add up to that of all tickets, which is the share of the price to the minor unit', () => {
  const addsUp = (of: Booking, share: number): boolean => {
    const whole = refundOf(of, all(of), share);
    const parts = oneByOne(of, share);
    return (
      whole.amount === percentOf(of.price.total, share) &&
      whole.amount + whole.fee === of.price.total &&
      sumOf(parts.map((part) => part.amount)) === whole.amount &&
      sumOf(parts.map((part) => part.fee)) === whole.fee
    );
  };
  fc.assert(fc.property(booking, percent, addsUp));
});

test('the parts of each refund add up to it, and those of a full refund are the whole price’s', () => {
  const addUp = (of: Booking, share: number): boolean =>
    oneByOne(of, share).every((refund) => amountOf(refund.parts) === refund.amount);
  fc.assert(fc.property(booking, percent, addUp));
  const full = (of: Booking): void => {
    expect(of.price).toMatchObject(refundOf(of, all(of), 100).parts);
  };
  fc.assert(fc.property(booking, full));
});

test('whatever share each ticket is refunded at, no more is given back than was paid', () => {
  const isPaid = (of: Booking, shares: readonly number[]): boolean => {
    const refunds = of.seats.map(({ id }, index) => refundOf(of, new Set([id]), shares[index] ?? 100));
    return sumOf(refunds.map((refund) => refund.amount)) <= of.price.total && refunds.every(({ fee }) => fee >= 0);
  };
  fc.assert(fc.property(booking, fc.array(percent, { minLength: 25, maxLength: 25 }), isPaid));
});

test('what support refunded already is not refunded again', () => {
  const [of] = fc.sample(booking, 1);
  if (!of) throw new Error('no sample');
  const refund = refundOf({ ...of, refunded: of.price.total }, all(of), 100);
  expect(refund).toMatchObject({ amount: 0, fee: of.price.total });
});

test('a refund is taken from the oldest payment first, beyond what earlier refunds took', () => {
  const takes = (of: Booking, first: number, earlier: number): void => {
    const { total } = of.price;
    const [paidFirst, before] = [percentOf(total, first), percentOf(total, earlier)];
    const payments = [
      { paymentId: 'pay_1', amount: paidFirst },
      { paymentId: 'pay_2', amount: total - paidFirst },
    ];
    const whole = refundOf(of, all(of), 100);
    const refund = refundOf({ ...of, refunded: before }, all(of), 100);
    const sources = refundSources({ ...of, payments, refundRequested: before }, refund);
    expect(sumOf(sources.map((source) => source.amount))).toBe(whole.amount - before);
    expect(sources.every(({ parts, amount: taken }) => amountOf(parts) === taken && taken > 0)).toBe(true);
    const ofFirst = sources.find(({ paymentId }) => paymentId === 'pay_1')?.amount ?? 0;
    expect(ofFirst).toBe(Math.max(0, paidFirst - before));
  };
  fc.assert(fc.property(booking, percent, percent, takes));
});
