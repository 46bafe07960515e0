import { expect, it } from 'vitest';

import { currenciesOf, nameOf, ordered, type SalesRow, totalsOf } from './sales.ts';

const row = (key: string, ticketsSold: number, amount: number, currency: string): SalesRow => ({
  key,
  ...{ title: null, venue: null, city: null },
  ticketsSold,
  gross: { amount, currency },
  refunds: { amount: 100, currency },
  occupancyPercent: 10,
});

const rows = [row('a', 2, 2_000, 'EUR'), row('b', 9, 1_000, 'USD'), row('c', 4, 4_000, 'EUR')];

it('names the currency with most tickets first', () => {
  expect(currenciesOf(rows)).toEqual(['USD', 'EUR']);
});

it('adds up tickets, sales and refunds', () => {
  expect(totalsOf(rows.filter(({ gross }) => gross.currency === 'EUR'))).toEqual({
    ticketsSold: 6,
    gross: 6_000,
    refunds: 200,
  });
});

it('keeps days in order and sorts titles by their sales', () => {
  expect(ordered(rows, 'DAY').map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  expect(ordered(rows, 'TITLE').map(({ key }) => key)).toEqual(['c', 'a', 'b']);
});

it('names a row by what it counts, and one of a day by its key', () => {
  expect(nameOf({ ...row('ttl_1', 1, 1, 'EUR'), title: { id: 'ttl_1', name: 'Fargo' } })).toBe('Fargo');
  expect(nameOf({ ...row('cty_ams', 1, 1, 'EUR'), city: { id: 'cty_ams', name: 'Amsterdam' } })).toBe('Amsterdam');
  expect(nameOf(row('2027-01-31', 1, 1, 'EUR'))).toBe('2027-01-31');
});
