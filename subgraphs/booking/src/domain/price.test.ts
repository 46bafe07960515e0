import { expect, test } from 'vitest';

import { priceBooking } from './price.ts';

test('the total is seats plus fee plus tax on the fee, each rounded to a minor unit', () => {
  expect(priceBooking({ amount: 1_999, currency: 'EUR' }, { feePercent: 6, taxPercent: 20 })).toEqual({
    currency: 'EUR',
    subtotal: 1_999,
    fees: 120,
    tax: 24,
    discount: 0,
    total: 2_143,
  });
});

test('half a minor unit rounds up', () => {
  expect(priceBooking({ amount: 50, currency: 'EUR' }, { feePercent: 5, taxPercent: 0 }).fees).toBe(3);
});
