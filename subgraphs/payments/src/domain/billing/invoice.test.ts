import { sumOf } from '@marquee/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { invoiceLines, invoiceNumber, taxIn } from './invoice.ts';

test('the lines of an invoice add up to what was charged, with or without credit', () => {
  const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 4 });
  fc.assert(
    fc.property(amounts, fc.nat(1_000_000), (given, total) => {
      const lines = given.map((amount) => ({ description: 'line', amount }));
      return sumOf(invoiceLines({ lines, total }).map(({ amount }) => amount)) === total;
    }),
  );
});

test('tax is the part of a price that the rate adds to the rest, to the nearest minor unit', () => {
  expect([taxIn(1_210, 21), taxIn(108_100, 8.1), taxIn(999, 0), taxIn(0, 21), taxIn(1, 21)]).toEqual([
    ...[210, 8_100, 0, 0, 0],
  ]);
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.integer({ min: 0, max: 300 }), (total, tenths) => {
      const tax = taxIn(total, tenths / 10);
      return Math.abs(tax - (total * tenths) / (1_000 + tenths)) <= 0.5 + 1e-6;
    }),
  );
});

test('a number names the country and the place in its series', () => {
  expect([invoiceNumber('NL', 42), invoiceNumber('SE', 1_234_567)]).toEqual(['NL-000042', 'SE-1234567']);
});
