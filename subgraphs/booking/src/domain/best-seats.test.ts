import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bestSeats, lastSeats, type SeatRequest } from './best-seats.ts';
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
const ALL = layout.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats.map(({ id }) => id)));
const free = (...taken: string[]) => ({ isFree: (seatId: string) => !taken.includes(seatId) });
const only = (...left: string[]) => ({ isFree: (seatId: string) => left.includes(seatId) });
const best = (request: SeatRequest) => bestSeats(layout, request)[0]?.seatIds;

test('the best seats are in the middle of the row two thirds back', () => {
  expect(best({ quantity: 2, ...free() })).toEqual(['B4', 'B5']);
  expect(best({ quantity: 6, ...free() })).toEqual(['B2', 'B3', 'B4', 'B5', 'B6', 'B7']);
});

test('no single seat is left beside a choice where that can be avoided', () => {
  expect(best({ quantity: 3, ...free() })).toEqual(['B2', 'B3', 'B4']);
  expect(best({ quantity: 4, ...free() })).toEqual(['B2', 'B3', 'B4', 'B5']);
  expect(best({ quantity: 1, ...only('B2', 'B3', 'B5', 'B6', 'B7') })).toEqual(['B5']);
  expect(best({ quantity: 2, ...only('A2', 'A3', 'A4') })).toEqual(['A3', 'A4']);
});

test('a party sits together in a worse row rather than apart in a better one', () => {
  expect(best({ quantity: 4, ...free('B4', 'C4') })).toEqual(['A2', 'A3', 'A4', 'A5']);
});

test('a party is split only when no row has room, in the smallest number of pieces, and nobody sits alone needlessly', () => {
  expect(best({ quantity: 4, ...only('A2', 'A3', 'A4', 'C2', 'C3', 'C4') })).toEqual(['C3', 'C4', 'A3', 'A4']);
  expect(best({ quantity: 4, ...only('A2', 'A3', 'A4', 'C6') })).toEqual(['A2', 'A3', 'A4', 'C6']);
  expect(best({ quantity: 3, ...only('A2', 'B4', 'C6') })?.toSorted()).toEqual(['A2', 'B4', 'C6']);
});

test('wheelchair places are left to those who need them, until nothing else is left', () => {
  expect(bestSeats(layout, { quantity: 6, ...free() }).flatMap(({ seatIds }) => seatIds)).not.toContain('B1');
  expect(best({ quantity: 2, ...only('A1', 'A2') })).toBeUndefined();
  expect(lastSeats(layout, { quantity: 2, ...only('A1', 'A2') })[0]?.seatIds).toEqual(['A1', 'A2']);
});

test('a wheelchair place comes with its companions beside it, or near when there is no room', () => {
  expect(best({ quantity: 3, accessible: true, ...free() })).toEqual(['B1', 'B2', 'B3']);
  expect(best({ quantity: 3, accessible: true, ...only('A1', 'C4', 'C5') })).toEqual(['A1', 'C4', 'C5']);
  expect(best({ quantity: 1, accessible: true, ...free('B1') })).toEqual(['C1']);
  expect(best({ quantity: 2, accessible: true, ...free('A1', 'B1', 'C1') })).toBeUndefined();
});

test('there is no choice when too few seats of the tier are free', () => {
  expect(bestSeats(layout, { quantity: 1, isFree: () => false })).toEqual([]);
  expect(bestSeats(layout, { quantity: 1, tierName: 'Premium', ...free() })).toEqual([]);
});

test('whatever is free, a choice has different free seats, and there is one as long as enough are free', () => {
  fc.assert(
    fc.property(fc.subarray(ALL), fc.integer({ min: 1, max: 10 }), (left, quantity) => {
      const [choice] = lastSeats(layout, { quantity, ...only(...left) });
      expect(choice?.seatIds.length ?? 0).toBe(left.length >= quantity ? quantity : 0);
      expect(new Set(choice?.seatIds).size).toBe(choice?.seatIds.length ?? 0);
      for (const id of choice?.seatIds ?? []) expect(left).toContain(id);
    }),
  );
});
