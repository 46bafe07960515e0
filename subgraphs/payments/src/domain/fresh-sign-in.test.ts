import { expect, test } from 'vitest';

import { needsFreshSignIn } from './fresh-sign-in.ts';

const FROM = 50_000;

test.each([
  [50_000, 'EUR', true],
  [49_999, 'EUR', false],
  [50_000, 'USD', true],
  [80_000, 'JPY', true],
  [50_000, 'JPY', false],
  [50_000, 'INR', false],
  [4_750_000, 'INR', true],
])('%d minor units of %s: %s', (amount, currency, needed) => {
  expect(needsFreshSignIn({ amount, currency }, { wallet: true }, FROM)).toBe(needed);
  expect(needsFreshSignIn({ amount, currency }, { paymentMethodId: 'pmt_1' }, FROM)).toBe(needed);
});

test('a card token needs none: it comes from whoever has the card', () => {
  expect(needsFreshSignIn({ amount: 10_000_000, currency: 'EUR' }, { cardToken: 'tok_visa' }, FROM)).toBe(false);
});
