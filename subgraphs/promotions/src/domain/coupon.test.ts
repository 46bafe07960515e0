import { expect, test } from 'vitest';

import { parseCode } from './coupon-code.ts';
import { type Coupon, statusOf } from './coupon.ts';
import { discountOf, type Sale } from './sale.ts';

const now = new Date('2026-12-01T12:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

function coupon(change: Partial<Coupon> = {}): Coupon {
  return {
    ...{
      id: 'cou_1',
      code: 'TENTH',
      kind: 'PERCENT',
      percentOff: 10,
      amountOff: null,
      maximumDiscount: null,
      minimumSpend: null,
      budget: null,
    },
    ...{ titleIds: [], cityIds: [], firstBookingOnly: false, perUserLimit: null, redemptionLimit: null },
    ...{ startsAt: hours(-1), endsAt: hours(1), organisationId: null, createdAt: hours(-1), disabledAt: null },
    ...{ reservedCount: 0, redeemedCount: 0, spent: 0, readAt: now },
    ...change,
  };
}

const eur = (amount: number) => ({ amount, currency: 'EUR' });

test.each([
  ['ACTIVE', {}],
  ['SCHEDULED', { startsAt: hours(0.1) }],
  ['ACTIVE', { startsAt: now }],
  ['EXPIRED', { endsAt: now }],
  ['EXHAUSTED', { redemptionLimit: 3, reservedCount: 1, redeemedCount: 2 }],
  ['ACTIVE', { redemptionLimit: 4, reservedCount: 1, redeemedCount: 2 }],
  ['EXHAUSTED', { budget: eur(500), spent: 500 }],
  ['ACTIVE', { kind: 'AMOUNT', percentOff: null, amountOff: eur(100), budget: eur(500), spent: 400 }],
  ['EXHAUSTED', { kind: 'AMOUNT', percentOff: null, amountOff: eur(100), budget: eur(500), spent: 401 }],
  ['DISABLED', { disabledAt: now, endsAt: hours(-0.5) }],
] as const)('a coupon is %s with %j', (status, change) => {
  expect(statusOf(coupon(change))).toBe(status);
});

test.each([
  [' spring–10 ', null],
  [' sPring 10', 'SPRING10'],
  ['ＳＰＲＩＮＧ', 'SPRING'],
  ['ab', null],
  ['-abc', null],
  ['abc-', null],
  ['x'.repeat(40), 'X'.repeat(40)],
  ['x'.repeat(41), null],
  ['nul\0', null],
])('%j is the code %j', (text, code) => {
  expect(parseCode(text)).toBe(code);
});

test('a share is rounded half up to a minor unit, and nothing takes off more than can be taken off', () => {
  const sale = { subtotal: eur(1_995), discountable: 1_995 } as Sale;
  expect(discountOf(coupon(), sale)).toEqual(eur(200));
  const amount = coupon({ kind: 'AMOUNT', percentOff: null, amountOff: eur(5_000) });
  expect(discountOf(amount, sale)).toEqual(eur(1_995));
  expect(discountOf(coupon({ percentOff: 100 }), { ...sale, discountable: 1_994 })).toEqual(eur(1_994));
});

test('a share takes off no more than its terms say, and one that the marketplace pays always has a most', () => {
  const sale = { subtotal: eur(1_000_000), discountable: 1_000_000 } as Sale;
  expect(discountOf(coupon({ maximumDiscount: eur(2_000) }), sale)).toEqual(eur(2_000));
  expect(discountOf(coupon(), sale)).toEqual(eur(5_000));
  const inKroner = { ...sale, subtotal: { amount: 1_000_000, currency: 'DKK' } };
  expect(discountOf(coupon(), inKroner)).toEqual({ amount: 5_000, currency: 'DKK' });
  expect(discountOf(coupon({ organisationId: 'org_1' }), sale)).toEqual(eur(100_000));
});
