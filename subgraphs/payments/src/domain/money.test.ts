import { expect, test } from 'vitest';

import { formatMoney } from './money.ts';

test.each([
  ['EUR', '1,000.00 EUR'],
  ['JPY', '100,000 JPY'],
  ['KWD', '100.000 KWD'],
])('minor units of %s are shown with its decimals', (currency, shown) => {
  expect(formatMoney({ amount: 100_000, currency })).toBe(shown);
});
