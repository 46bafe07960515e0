import { expect, test } from 'vitest';

import { MAX_MINOR_UNITS, minorUnits, percentOf, sumOf } from './minor-units.ts';

test('an amount is exact up to 2^53 - 1 and refused beyond', () => {
  for (const amount of [0n, 3_000_000_000n, 9_007_199_254_740_991n, -9_007_199_254_740_991n]) {
    expect(BigInt(minorUnits(amount))).toBe(amount);
  }
  for (const amount of [9_007_199_254_740_992n, 9_007_199_254_740_993n, -9_007_199_254_740_992n, 1.5, NaN]) {
    expect(() => minorUnits(amount)).toThrow(RangeError);
  }
});

test('a sum is exact, or refused', () => {
  expect(sumOf([])).toBe(0);
  expect(sumOf([MAX_MINOR_UNITS, MAX_MINOR_UNITS, -MAX_MINOR_UNITS])).toBe(MAX_MINOR_UNITS);
  expect(() => sumOf([MAX_MINOR_UNITS, 1])).toThrow(RangeError);
});

test('a percentage is rounded half up, however large the amount', () => {
  expect([percentOf(50, 5), percentOf(49, 5), percentOf(1_999, 6), percentOf(1_000, 7.25)]).toEqual([3, 2, 120, 73]);
  expect(percentOf(MAX_MINOR_UNITS, 100)).toBe(MAX_MINOR_UNITS);
  expect(percentOf(9_007_199_254_740_990, 50)).toBe(4_503_599_627_370_495);
});
