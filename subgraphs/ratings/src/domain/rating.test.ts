import { expect, test } from 'vitest';

import { average, distribution, reviewCount, unrated } from './rating.ts';

test('a rating is the average of its reviews, with the most stars first', () => {
  const rating = { counts: { 1: 1, 2: 0, 3: 0, 4: 1, 5: 2 } };
  expect([reviewCount(rating), average(rating)]).toEqual([4, 3.75]);
  expect(distribution(rating)).toEqual(
    [5, 4, 3, 2, 1].map((stars, index) => ({ stars, count: [2, 1, 0, 0, 1][index] })),
  );
});

test('a subject without reviews has no average', () => {
  expect(average(unrated('TITLE', 'ttl_1'))).toBeNull();
});
