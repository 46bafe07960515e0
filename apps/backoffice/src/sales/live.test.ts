import { expect, test } from 'vitest';

import { afterSale, NOTHING_YET, type Sale, ticketsByMinute } from './live.ts';

const sale = (ticketsSold: number): Sale => ({
  show: { id: 's', title: { name: 'T' } } as Sale['show'],
  ticketsSold,
  revenue: { amount: ticketsSold * 1_000, currency: 'EUR' },
  availability: { available: 100 - ticketsSold, total: 100 },
});

test('a change is counted from what the page or the last event said', () => {
  const first = afterSale(NOTHING_YET, sale(12), 0, 10);
  const second = afterSale(first, sale(11), 1_000, 10);
  expect(second.seen.map(({ change }) => change)).toEqual([-1, 2]);
  expect(second.shows.get('s')?.ticketsSold).toBe(11);
  expect(afterSale(second, sale(11), 2_000, 10).seen).toBe(second.seen);
  expect(afterSale(NOTHING_YET, sale(5), 0, undefined).seen[0]?.change).toBeUndefined();
});

test('tickets are summed by minute, without those that were given back', () => {
  const state = [12, 11, 15].reduce((now, sold, index) => afterSale(now, sale(sold), index * 61_000, 10), NOTHING_YET);
  expect(ticketsByMinute(state.seen, 122_000, 3).map(({ tickets }) => tickets)).toEqual([2, 0, 4]);
});
