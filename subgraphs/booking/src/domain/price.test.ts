import { isCurrency, sumOf } from '@marquee/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Discount } from './discount.ts';
import { allInPrice, linesOf, priceBooking } from './price.ts';

const euros = (...amounts: number[]) => amounts.map((amount) => ({ amount, currency: 'EUR' }));
const VAT = { feePercent: 6, tax: { onFees: 20, onSeats: 0 } };
const tenOff: Discount = { reason: 'COUPON', of: 'SEATS', by: { percent: 10 } };

test('the total is seats plus fee plus tax on the fee, each rounded half up for each seat', () => {
  const parts = { currency: 'EUR', subtotal: 1_999, fees: 120, tax: 24, discount: 0, total: 2_143 };
  expect(priceBooking(euros(1_999), VAT)).toEqual(parts);
  expect(priceBooking(euros(50, 50), { ...VAT, feePercent: 5 }).fees).toBe(6);
});

test('tax is added to seats where their price does not include it, after the discount', () => {
  const canada = { feePercent: 10, tax: { onFees: 13, onSeats: 13 } };
  expect(priceBooking(euros(1_000), canada)).toMatchObject({ fees: 100, tax: 143, total: 1_243 });
  expect(priceBooking(euros(1_000), canada, [tenOff])).toMatchObject({ discount: 100, tax: 130, total: 1_130 });
});

test('a membership may reduce the fee; no discount exceeds what it is of', () => {
  const halfFee: Discount = { reason: 'MEMBERSHIP', of: 'FEES', by: { percent: 50 } };
  expect(priceBooking(euros(1_000), VAT, [halfFee])).toMatchObject({ fees: 60, discount: 30, tax: 6, total: 1_036 });
  const all = [{ ...halfFee, by: { amount: 900 } }, { ...tenOff, by: { amount: 2_000 } }, tenOff];
  expect(priceBooking(euros(1_000), VAT, all)).toMatchObject({ discount: 1_060, tax: 0, total: 0 });
});

test('25 seats with 10 % off: lines add up, and refunds of one after the other add up to the total', () => {
  const seats = Array.from({ length: 25 }, () => 999);
  const price = priceBooking(euros(...seats), VAT, [tenOff]);
  const lines = linesOf(price, seats);
  expect(price).toMatchObject({ subtotal: 24_975, discount: 2_498 });
  expect(sumOf(lines.map(({ total }) => total))).toBe(price.total);
  expect(new Set(lines.map(({ discount }) => discount))).toEqual(new Set([100, 99]));
});

const CURRENCIES = Intl.supportedValuesOf('currency').filter(isCurrency);
const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
const discount: fc.Arbitrary<Discount> = fc.record({
  reason: fc.constantFrom('COUPON', 'MEMBERSHIP'),
  of: fc.constantFrom('SEATS', 'FEES'),
  by: fc.oneof(fc.record({ percent }), fc.record({ amount: fc.nat(10_000_000) })),
});
const sale = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  seats: fc.array(fc.integer({ min: 1, max: 100_000_000_000 }), { minLength: 1, maxLength: 25 }),
  rules: fc.record({ feePercent: percent, tax: fc.record({ onFees: percent, onSeats: percent }) }),
  discounts: fc.array(discount, { maxLength: 3 }),
});

test('in every currency the parts add up to the total, the lines to the parts, and no line is negative', () => {
  fc.assert(
    fc.property(sale, ({ currency, seats, rules, discounts }) => {
      const prices = seats.map((amount) => ({ amount, currency }));
      const price = priceBooking(prices, rules, discounts);
      const lines = linesOf(price, seats);
      expect(price.total).toBe(price.subtotal + price.fees + price.tax - price.discount);
      for (const part of ['subtotal', 'fees', 'tax', 'discount', 'total'] as const) {
        expect(sumOf(lines.map((line) => line[part]))).toBe(price[part]);
        for (const line of lines) expect(line[part]).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('all-in prices of seats add up to the price of a booking without discount', () => {
  fc.assert(
    fc.property(sale, ({ currency, seats, rules }) => {
      const prices = seats.map((amount) => ({ amount, currency }));
      expect(sumOf(prices.map((price) => allInPrice(price, rules).amount))).toBe(priceBooking(prices, rules).total);
    }),
  );
});
