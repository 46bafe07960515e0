import { expect, test } from 'vitest';

import { piecesOf } from './highlight.ts';

test('marks what matches and reads entities as text', () => {
  expect(piecesOf('<mark>Tom</mark> &amp; Jerry&#39;s')).toEqual([
    { text: 'Tom', isMatch: true },
    { text: " & Jerry's", isMatch: false },
  ]);
});

test('has any other tag as text', () => {
  expect(piecesOf('<b>a</b><mark>&lt;img&gt;</mark>')).toEqual([
    { text: '<b>a</b>', isMatch: false },
    { text: '<img>', isMatch: true },
  ]);
});
