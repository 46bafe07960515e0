import fc from 'fast-check';
import { expect, test } from 'vitest';

import { partsOf, refundParts, type SaleParts, totalOf } from './sale.ts';

const sale = { subtotal: 2_000, fees: 200, tax: 40, discount: 250 };
const NOTHING: SaleParts = { venue: 0, fees: 0, tax: 0 };

test('a discount comes out of the fee, and what is more out of what the venue gets', () => {
  expect(partsOf(sale)).toEqual({ venue: 1_950, fees: 0, tax: 40 });
  expect(partsOf({ ...sale, discount: 150 })).toEqual({ venue: 2_000, fees: 50, tax: 40 });
});

test('a refund takes the parts that are asked, where they add up and are left', () => {
  const asked = { subtotal: 1_000, fees: 0, tax: 0, discount: 0 };
  expect(refundParts(sale, NOTHING, 1_000, asked)).toEqual({ venue: 1_000, fees: 0, tax: 0 });
  const given = { venue: 1_000, fees: 0, tax: 0 };
  const more = refundParts(sale, given, 990, { ...asked, subtotal: 990 });
  expect(more.venue).toBe(950);
  expect(totalOf(more)).toBe(990);
  expect(totalOf(refundParts(sale, NOTHING, 999, asked))).toBe(999);
});

const minor = fc.integer({ min: 0, max: 10_000 });
const anySale = fc
  .record({ subtotal: minor, fees: minor, tax: minor, share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ share, ...parts }) => ({ ...parts, discount: Math.floor(parts.subtotal * share) }));

test('refunds one by one give back exactly what was paid, part by part, and never more of a part', () => {
  fc.assert(
    fc.property(anySale, fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 30 }), (sold, amounts) => {
      const whole = partsOf(sold);
      let given = NOTHING;
      const refund = (amount: number): void => {
        const parts = refundParts(sold, given, amount, null);
        expect(totalOf(parts)).toBe(amount);
        given = { venue: given.venue + parts.venue, fees: given.fees + parts.fees, tax: given.tax + parts.tax };
        for (const part of ['venue', 'fees', 'tax'] as const) expect(given[part]).toBeLessThanOrEqual(whole[part]);
      };
      const left = (): number => totalOf(whole) - totalOf(given);
      for (const amount of amounts) if (amount <= left()) refund(amount);
      if (left() > 0) refund(left());
      expect(given).toEqual(whole);
    }),
  );
});
