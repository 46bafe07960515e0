import { expect, test } from 'vitest';

import { taxRateOf, taxRates } from './tax-rates.ts';

const change = { onFees: 25.5, onSeats: 0, applies: 'Fee: 25.5 %.', source: 'https://www.vero.fi', asOf: '2026-01-01' };

test('a show is taxed at the rate of its city, else of its country, else of none', () => {
  const rates = taxRates.parse(undefined);
  expect(taxRateOf(rates, { cityCode: 'ber', country: 'DE' })).toMatchObject({ onFees: 19, onSeats: 0 });
  expect(taxRateOf(rates, { cityCode: 'tor', country: 'CA' })).toMatchObject({ onFees: 13, onSeats: 13 });
  expect(taxRateOf(rates, { cityCode: 'hel', country: 'FI' })).toMatchObject({ onFees: 0, onSeats: 0 });
});

test('a setting adds and replaces rates, and one that is malformed is refused', () => {
  const rates = taxRates.parse(JSON.stringify({ FI: change }));
  expect(taxRateOf(rates, { cityCode: 'hel', country: 'FI' })).toMatchObject({ onFees: 25.5 });
  expect(taxRateOf(rates, { cityCode: 'ber', country: 'DE' })).toMatchObject({ onFees: 19 });
  for (const malformed of ['{', '[]', JSON.stringify({ Finland: change }), JSON.stringify({ FI: { onFees: 101 } })]) {
    expect(taxRates.safeParse(malformed).success).toBe(false);
  }
});
