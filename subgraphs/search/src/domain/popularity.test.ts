import { expect, test } from 'vitest';

import { halfLives, type Interest, popularityOf } from './popularity.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
const now = new Date('2027-01-31T00:00:00Z');
const ago = (weeks: number): Date => new Date(now.getTime() - weeks * WEEK_MS);
const one = (titleId: string, weight: number, weeks: number): Interest => ({ titleId, weight, at: ago(weeks) });
const weightNow = (popularity = 0): number => 2 ** (popularity - halfLives(now));

test('a weight halves in a week, and weights add up', () => {
  const found = popularityOf([one('a', 8, 0), one('b', 8, 1), one('c', 8, 1), one('c', 2, 0)]);
  expect([...found.values()].map((each) => Math.round(weightNow(each) * 1e6) / 1e6)).toEqual([8, 4, 6]);
});

test('the order in which interests come does not matter, however old they are', () => {
  const interests = [one('a', 1, 0), one('a', 3, 500), one('a', 2, 2)];
  const sums = [interests, interests.toReversed()].map((each) => popularityOf(each).get('a') ?? 0);
  expect(sums[0]).toBeCloseTo(sums[1] ?? 0, 9);
});
