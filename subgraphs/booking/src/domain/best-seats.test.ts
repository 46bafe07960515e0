import { expect, test } from 'vitest';

import { bestSeats } from './best-seats.ts';
import { SeatLayout } from './seat-layout.ts';

/** Three rows of seven; seat 1 of each row is a wheelchair place. */
const layout = new SeatLayout('lay', [
  {
    name: 'Stalls',
    tierName: 'Standard',
    rows: ['A', 'B', 'C'].map((label) => ({
      label,
      seats: Array.from({ length: 7 }, (_, index) => ({
        id: `${label}${index + 1}`,
        number: index + 1,
        accessible: index === 0,
      })),
    })),
  },
]);
const free = (...taken: string[]) => ({ isFree: (seatId: string) => !taken.includes(seatId) });

test('the best seats are in the middle of the row two thirds back', () => {
  expect(bestSeats(layout, { quantity: 3, ...free() })[0]).toEqual(['B3', 'B4', 'B5']);
});

test('a party sits together in a worse row rather than apart in a better one', () => {
  expect(bestSeats(layout, { quantity: 4, ...free('B4', 'C4') })[0]).toEqual(['A2', 'A3', 'A4', 'A5']);
});

test('a party is split only when no row has room for it', () => {
  const [seats] = bestSeats(layout, { quantity: 3, ...free('A3', 'A5', 'B3', 'B5', 'C3', 'C5') });
  expect(seats).toHaveLength(3);
  expect(new Set(seats).size).toBe(3);
});

test('wheelchair places are never chosen', () => {
  expect(bestSeats(layout, { quantity: 7, ...free() }).flat()).not.toContain('A1');
});

test('there is no choice when too few seats of the tier are free', () => {
  expect(bestSeats(layout, { quantity: 1, isFree: () => false })).toEqual([]);
  expect(bestSeats(layout, { quantity: 1, tierName: 'Premium', ...free() })).toEqual([]);
});
