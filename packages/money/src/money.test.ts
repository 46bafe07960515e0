import { expect, test } from 'vitest';

import { formatMoney } from './money.ts';

test.each([
  ['EUR', '1,000.00 EUR'],
  ['JPY', '100,000 JPY'],
  ['KWD', '100.000 KWD'],
])('minor units of %s are shown with its decimals', (currency, shown) => {
  expect(formatMoney({ amount: 100_000, currency })).toBe(shown);
});

test('the largest amount is shown to the last minor unit', () => {
  expect(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe('90,071,992,547,409.91 EUR');
  expect(formatMoney({ amount: -5, currency: 'EUR' })).toBe('-0.05 EUR');
});
