import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fromStripe, toStripe } from './amounts.ts';

const currencies = Intl.supportedValuesOf('currency');

test('every amount that Stripe takes comes back as it went, in every currency', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.integer({ min: 1, max: 99_999_999 }), (currency, amount) => {
      const sent = toStripe({ amount, currency });
      expect(sent && fromStripe(sent.amount, sent.currency)).toEqual(sent && { amount, currency });
    }),
  );
});

test.each([
  ['EUR', 1_050, 1_050],
  ['JPY', 500, 500],
  ['ISK', 500, 50_000],
  ['UGX', 500, 50_000],
  ['KWD', 1_250, 1_250],
  ['KWD', 1_255, null],
])('%s %i is %s for Stripe', (currency, amount, counted) => {
  expect(toStripe({ amount, currency })?.amount ?? null).toBe(counted);
});
