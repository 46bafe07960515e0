import { expect, test } from 'vitest';

import { moveIn } from './move.ts';

test('arrows move between seats, and stay within rows of other lengths', () => {
  expect(moveIn([4, 2], { row: 0, seat: 1 }, 'ArrowRight')).toEqual({ row: 0, seat: 2 });
  expect(moveIn([4, 2], { row: 0, seat: 3 }, 'ArrowDown')).toEqual({ row: 1, seat: 1 });
});

test('there is nothing beyond the edges, and other keys do not move', () => {
  expect(moveIn([4, 2], { row: 0, seat: 0 }, 'ArrowLeft')).toBeUndefined();
  expect(moveIn([4, 2], { row: 0, seat: 3 }, 'ArrowRight')).toBeUndefined();
  expect(moveIn([4, 2], { row: 1, seat: 0 }, 'ArrowDown')).toBeUndefined();
  expect(moveIn([4], { row: 0, seat: 0 }, 'Enter')).toBeUndefined();
});
