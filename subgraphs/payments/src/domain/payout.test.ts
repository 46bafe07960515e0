import { expect, test } from 'vitest';

import { nextPayoutAt, payoutDay } from './payout.ts';

test.each([
  ['2027-03-01T05:59:59Z', '2027-03-01T06:00:00Z', '2027-02-22T00:00:00Z'],
  ['2027-03-01T06:00:00Z', '2027-03-08T06:00:00Z', '2027-03-01T00:00:00Z'],
  ['2027-03-02T05:59:59Z', '2027-03-08T06:00:00Z', '2027-03-01T00:00:00Z'],
  ['2027-03-07T23:59:59Z', '2027-03-08T06:00:00Z', '2027-03-01T00:00:00Z'],
  ['2028-02-29T12:00:00Z', '2028-03-06T06:00:00Z', '2028-02-28T00:00:00Z'],
  ['2026-12-31T23:59:59Z', '2027-01-04T06:00:00Z', '2026-12-28T00:00:00Z'],
])('at %s the next payout is at %s, and that of %s is due', (now, next, day) => {
  expect(nextPayoutAt(new Date(now))).toEqual(new Date(next));
  expect(payoutDay(new Date(now))).toEqual(new Date(day));
});
