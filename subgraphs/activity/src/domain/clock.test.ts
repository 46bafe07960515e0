import { expect, test } from 'vitest';

import { judgeTime } from './clock.ts';

const RECEIVED = new Date('2027-01-31T10:00:00Z');

test.each(['2027-01-31T10:05:00Z', '2027-01-24T10:00:00Z'])('the clock that says %s is believed', (claimed) => {
  expect(judgeTime(new Date(claimed), RECEIVED)).toEqual({ at: new Date(claimed), claimedAt: null });
});

test.each(['2032-01-31T10:00:00Z', '2027-01-31T10:05:00.001Z', '1999-12-31T23:59:59Z', '9999-12-31T00:00:00Z'])(
  'a device in %s gives the time at which its event was received, and what it claimed',
  (claimed) => {
    expect(judgeTime(new Date(claimed), RECEIVED)).toEqual({ at: RECEIVED, claimedAt: new Date(claimed) });
  },
);

test.each([
  ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59-23:59', '9999-12-31T23:59:59.999Z'],
])('of the claimed time %s the database reads %s', (claimed, read) => {
  expect(judgeTime(new Date(claimed), RECEIVED).claimedAt?.toISOString()).toBe(read);
});
