import { sumOf } from '@marquee/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  type FundedCoupon,
  partsOf,
  refundParts,
  type SaleParts,
  type SoldPrice,
  sumOfParts,
  totalOf,
} from './sale.ts';

const sale = { subtotal: 2_000, fees: 200, tax: 40, discount: 250 };
const NOTHING: SaleParts = { venue: 0, fees: 0, tax: 0, promotion: 0 };
const couponOf = (amount: number, fundedBy: FundedCoupon['fundedBy']) => ({ amount, fundedBy });

test('a discount without a coupon comes out of the fee, and what is more out of what the venue gets', () => {
  expect(partsOf(sale)).toEqual({ venue: 1_950, fees: 0, tax: 40, promotion: 0 });
  expect(partsOf({ ...sale, discount: 150 })).toEqual({ venue: 2_000, fees: 50, tax: 40, promotion: 0 });
});

test('an organisation’s coupon comes out of its part alone, Marquee’s out of nobody’s, a membership’s out of the fee', () => {
  const sold = (coupon: FundedCoupon) => partsOf({ ...sale, coupon });
  expect(sold(couponOf(250, 'ORGANISATION'))).toEqual({ venue: 1_750, fees: 200, tax: 40, promotion: 0 });
  expect(sold(couponOf(250, 'MARKETPLACE'))).toEqual({ venue: 2_000, fees: 200, tax: 40, promotion: 250 });
  expect(sold(couponOf(200, 'ORGANISATION'))).toEqual({ venue: 1_800, fees: 150, tax: 40, promotion: 0 });
  expect(sold(couponOf(200, 'MARKETPLACE'))).toEqual({ venue: 2_000, fees: 150, tax: 40, promotion: 200 });
});

test('a refund takes the parts that are asked, where they add up and are left', () => {
  const asked = { subtotal: 1_000, fees: 0, tax: 0, discount: 0 };
  expect(refundParts([sale], NOTHING, 1_000, asked)).toEqual({ ...NOTHING, venue: 1_000 });
  const given = { ...NOTHING, venue: 1_000 };
  expect(refundParts([sale], given, 990, { ...asked, subtotal: 990 })).toEqual({ ...NOTHING, venue: 950, tax: 40 });
  expect(totalOf(refundParts([sale], NOTHING, 999, asked))).toBe(999);
});

test('half of a booking takes back half of its coupon, from whomever bears it', () => {
  const asked = { subtotal: 1_000, fees: 100, tax: 20, discount: 125 };
  const half = (coupon: FundedCoupon) => refundParts([{ ...sale, coupon }], NOTHING, 995, asked);
  expect(half(couponOf(250, 'MARKETPLACE'))).toEqual({ venue: 1_000, fees: 100, tax: 20, promotion: 125 });
  expect(half(couponOf(200, 'MARKETPLACE'))).toEqual({ venue: 1_000, fees: 75, tax: 20, promotion: 100 });
  expect(half(couponOf(250, 'ORGANISATION'))).toEqual({ venue: 875, fees: 100, tax: 20, promotion: 0 });
});

test('after a move to dearer seats, which pays them in two, each ticket takes back its own share', () => {
  const sales: SoldPrice[] = [
    { subtotal: 2_000, fees: 0, tax: 0, discount: 500, coupon: couponOf(500, 'MARKETPLACE') },
    { subtotal: 2_000, fees: 0, tax: 0, discount: 0 },
  ];
  const ofFirst = refundParts(sales, NOTHING, 1_500, { subtotal: 1_714, fees: 0, tax: 0, discount: 214 });
  const ofSecond = refundParts(sales, ofFirst, 250, { subtotal: 286, fees: 0, tax: 0, discount: 36 });
  expect(sumOfParts([ofFirst, ofSecond])).toEqual({ ...NOTHING, venue: 2_000, promotion: 250 });
});

const minor = fc.integer({ min: 0, max: 10_000 });
const anySale = fc
  .record({
    ...{ subtotal: minor, fees: minor, tax: minor, off: minor, membership: minor },
    fundedBy: fc.constantFrom('ORGANISATION', 'MARKETPLACE', null),
  })
  .map(({ off, membership, fundedBy, ...parts }): SoldPrice => {
    const amount = Math.min(off, parts.subtotal);
    const discount = amount + Math.min(membership, parts.fees);
    return { ...parts, discount, coupon: fundedBy && couponOf(amount, fundedBy) };
  });
const anyAsked = fc.option(fc.record({ subtotal: minor, fees: minor, tax: minor, discount: minor }));
const anyRefund = fc.record({ amount: fc.integer({ min: 1, max: 3_000 }), asked: anyAsked });

test('refunds one by one give back exactly what was paid, part by part, and never more of a part', () => {
  const sales = fc.tuple(
    anySale,
    fc.array(
      anySale.map((sold) => ({ ...sold, discount: 0, coupon: null })),
      { maxLength: 1 },
    ),
  );
  fc.assert(
    fc.property(sales, fc.array(anyRefund, { maxLength: 8 }), ([first, rest], refunds) => {
      const sold = [first, ...rest];
      const whole = sumOfParts(sold.map(partsOf));
      expect(totalOf(whole)).toBe(
        sumOf(sold.map(({ subtotal, fees, tax, discount }) => subtotal + fees + tax - discount)),
      );
      let given = NOTHING;
      const refund = (amount: number, asked: (typeof refunds)[number]['asked']): void => {
        const parts = refundParts(sold, given, amount, asked);
        expect(totalOf(parts)).toBe(amount);
        given = sumOfParts([given, parts]);
        for (const part of ['venue', 'fees', 'tax', 'promotion'] as const) {
          if (parts[part] < 0 || given[part] > whole[part])
            throw new Error(`${part}: ${JSON.stringify([parts, whole])}`);
        }
      };
      const left = (): number => totalOf(whole) - totalOf(given);
      for (const { amount, asked } of refunds) if (amount <= left()) refund(amount, asked);
      if (left() > 0) refund(left(), null);
      expect(totalOf(whole) > 0 ? given : whole).toEqual(whole);
    }),
  );
});

test('no coupon takes anything of Marquee’s fee, and an organisation’s no more than its part', () => {
  fc.assert(
    fc.property(anySale, (sold) => {
      const { venue, fees, promotion } = partsOf(sold);
      const { amount, fundedBy } = sold.coupon ?? couponOf(0, 'ORGANISATION');
      const ofMembership = sold.discount - amount;
      fc.pre(ofMembership <= sold.fees);
      expect(fees).toBe(sold.fees - ofMembership);
      expect(venue).toBe(fundedBy === 'MARKETPLACE' ? sold.subtotal : sold.subtotal - amount);
      expect(promotion).toBe(fundedBy === 'MARKETPLACE' ? amount : 0);
      expect(venue).toBeGreaterThanOrEqual(0);
    }),
  );
});
