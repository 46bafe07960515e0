import { expect, test } from 'vitest';

import { priceText, tierPrices } from './prices.ts';

test('prices are sent in minor units of the currency', () => {
  expect(tierPrices([{ tierName: ' Premium ', price: '12,5' }], 'EUR')).toEqual([
    { tierName: 'Premium', price: { amount: 1250, currency: 'EUR' } },
  ]);
  expect(tierPrices([{ tierName: 'Floor', price: '1500' }], 'JPY')?.[0]?.price.amount).toBe(1500);
});

test('a price of nothing or without a tier is not sent', () => {
  expect(tierPrices([{ tierName: 'Floor', price: '0' }], 'EUR')).toBeUndefined();
  expect(tierPrices([{ tierName: ' ', price: '1' }], 'EUR')).toBeUndefined();
  expect(tierPrices([], 'EUR')).toBeUndefined();
});

test('writes a price as it is typed', () => {
  expect(priceText({ amount: 1250, currency: 'EUR' })).toBe('12.50');
  expect(priceText({ amount: 1500, currency: 'JPY' })).toBe('1500');
});
