import fc from 'fast-check';
import { expect, test } from 'vitest';

import { allocate } from './allocate.ts';
import { MAX_MINOR_UNITS, sumOf } from './minor-units.ts';

const amount = fc.maxSafeInteger();
const weights = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 50 });

test('parts add up to the amount, however large and however many', () => {
  fc.assert(fc.property(amount, weights, (total, of) => sumOf(allocate(total, of)) === total));
});

test('each part is within one minor unit of its exact share', () => {
  const isFair = (total: number, of: readonly number[]): boolean => {
    const sum = of.reduce((before, weight) => before + BigInt(weight), 0n) || BigInt(of.length);
    const evenly = of.every((weight) => weight === 0);
    return allocate(total, of).every((part, index) => {
      const off = BigInt(part) * sum - BigInt(total) * BigInt(evenly ? 1 : (of[index] ?? 0));
      return off < sum && off > -sum;
    });
  };
  fc.assert(fc.property(amount, weights, isFair));
});

test('what is left over goes to the largest remainders, of equal ones to the first', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(5, [30, 30, 40])).toEqual([2, 1, 2]);
  expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  expect(allocate(3, [0, 1])).toEqual([0, 3]);
  expect(allocate(MAX_MINOR_UNITS, [0, 0])).toEqual([4_503_599_627_370_496, 4_503_599_627_370_495]);
});

test('nothing is split into nothing; money is not', () => {
  expect(allocate(0, [])).toEqual([]);
  expect(() => allocate(1, [])).toThrow(RangeError);
  expect(() => allocate(1, [-1, 2])).toThrow(RangeError);
  expect(() => allocate(1, [0.5])).toThrow(RangeError);
});
