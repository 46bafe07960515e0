import { expect, test } from 'vitest';

import { isOpen, saleOf } from './sale.ts';

test('tells what can be done with a show', () => {
  const availability = { total: 100, available: 60 };
  expect(saleOf({ status: 'ON_SALE', availability })).toBe('open');
  expect(saleOf({ status: 'ON_SALE', availability: { total: 100, available: 12 } })).toBe('few');
  expect(saleOf({ status: 'ON_SALE', availability: { total: 100, available: 0 } })).toBe('soldOut');
  expect(saleOf({ status: 'SOLD_OUT', availability })).toBe('soldOut');
  expect(saleOf({ status: 'SCHEDULED', availability: null })).toBe('later');
  expect(saleOf({ status: 'CANCELLED', availability })).toBe('cancelled');
});

test('offers a show until it is over', () => {
  expect(isOpen('soldOut')).toBe(true);
  expect(isOpen(saleOf({ status: 'CLOSED', availability: null }))).toBe(false);
});
