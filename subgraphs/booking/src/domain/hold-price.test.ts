import fc from 'fast-check';
import { expect, test } from 'vitest';

import { discountableOf, priceOfHold } from './hold-price.ts';
import type { HoldOfShow } from './ports.ts';
import { linesOf } from './price.ts';

const percent = fc.integer({ min: 0, max: 100 });
const sale = fc.record({
  prices: fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 10 }),
  feePercent: percent,
  feePercentOff: percent,
  tax: fc.record({ onFees: percent, onSeats: percent }),
  share: percent,
});

function holdOf(prices: readonly number[], feePercentOff: number): HoldOfShow {
  const seats = prices.map((amount) => ({ price: { amount, currency: 'EUR' } }));
  return { seats, feePercentOff } as unknown as HoldOfShow;
}

test('a coupon takes off what it says, leaves something to pay, and is spread over the seats without remainder', () => {
  fc.assert(
    fc.property(sale, ({ prices, feePercent, feePercentOff, tax, share }) => {
      const [hold, rules] = [holdOf(prices, feePercentOff), { feePercent, tax }];
      const most = discountableOf(hold, rules);
      const discount = Math.floor((most * share) / 100);
      const [full, price] = [priceOfHold(hold, rules), priceOfHold(hold, rules, discount)];
      expect(price.discount).toBe(full.discount + discount);
      expect(price.total).toBeGreaterThan(0);
      expect(price.total).toBeLessThanOrEqual(full.total - discount);
      const lines = linesOf(price, prices);
      for (const part of ['subtotal', 'discount', 'fees', 'tax', 'total'] as const) {
        expect(lines.reduce((sum, line) => sum + line[part], 0)).toBe(price[part]);
      }
    }),
  );
});

test('a coupon that would leave nothing to pay leaves the smallest amount there is', () => {
  const rules = { feePercent: 0, tax: { onFees: 0, onSeats: 0 } };
  const hold = holdOf([500, 500], 0);
  expect(priceOfHold(hold, rules, discountableOf(hold, rules)).total).toBe(1);
});
