import { expect, test } from 'vitest';

import { judgeTimes } from './clock.ts';

const RECEIVED = new Date('2027-01-31T10:00:00Z');

const judged = (...claims: readonly string[]) =>
  judgeTimes(
    claims.map((claim) => new Date(claim)),
    RECEIVED,
  );
const at = (...claims: readonly string[]): string[] => judged(...claims).map((time) => time.at.toISOString());

test.each(['2027-01-31T10:05:00Z', '2027-01-24T10:00:00Z'])('the clock that says %s is believed', (claimed) => {
  expect(judged(claimed)).toEqual([{ at: new Date(claimed), claimedAt: null }]);
});

test.each(['2032-01-31T10:00:00Z', '2027-01-31T10:05:00.001Z', '1999-12-31T23:59:59Z', '9999-12-31T00:00:00Z'])(
  'a device in %s gives the time at which its event was received, and what it claimed',
  (claimed) => {
    expect(judged(claimed)).toEqual([{ at: RECEIVED, claimedAt: new Date(claimed) }]);
  },
);

test.each([
  ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59-23:59', '9999-12-31T23:59:59.999Z'],
])('of the claimed time %s the database reads %s', (claimed, read) => {
  expect(judged(claimed)[0]?.claimedAt?.toISOString()).toBe(read);
});

test.each(['2032-05-01', '1999-05-01'])(
  'events of a device in %s keep their order and the time between them',
  (day) => {
    expect(at(`${day}T08:00:02Z`, `${day}T08:00:00Z`, `${day}T08:01:00Z`)).toEqual([
      '2027-01-31T09:59:02.000Z',
      '2027-01-31T09:59:00.000Z',
      '2027-01-31T10:00:00.000Z',
    ]);
  },
);

test('a clock that is a few minutes ahead moves no event past another', () => {
  expect(at('2027-01-31T10:06:00Z', '2027-01-31T10:04:00Z')).toEqual([
    '2027-01-31T10:00:00.000Z',
    '2027-01-31T09:58:00.000Z',
  ]);
});

test('events from before and after a clock was set right are believed where they can be', () => {
  expect(at('2032-01-31T10:00:00Z', '2027-01-31T09:00:00Z')).toEqual([
    '2027-01-31T10:00:00.000Z',
    '2027-01-31T09:00:00.000Z',
  ]);
  expect(at('1999-01-31T10:00:00Z', '2027-01-31T09:00:00Z')).toEqual([
    '2027-01-31T10:00:00.000Z',
    '2027-01-31T09:00:00.000Z',
  ]);
});

test('a batch of nothing has no times', () => {
  expect(judged()).toEqual([]);
});
