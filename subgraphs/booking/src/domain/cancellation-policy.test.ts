import { expect, test } from 'vitest';

import { cancellationTerms, isOnBestTerms } from './cancellation-policy.ts';

const startsAt = new Date('2027-03-14T19:00:00Z');
const hoursBefore = (hours: number): Date => new Date(startsAt.getTime() - hours * 3_600_000);
const policy = {
  cancellationTiers: [
    { hoursBefore: 2, refundPercent: 50 },
    { hoursBefore: 24, refundPercent: 100 },
  ],
  freeCancellationUntil: null,
};

test.each([
  [48, 100],
  [24.001, 100],
  [24, 50],
  [2.001, 50],
  [2, undefined],
  [-1, undefined],
])('%s hours before the start the refund is %s percent', (hours, percent) => {
  expect(cancellationTerms(policy, startsAt, hoursBefore(hours))?.refundPercent).toBe(percent);
});

test('a quote ends with its step of the policy, and in a quarter of an hour', () => {
  expect(cancellationTerms(policy, startsAt, hoursBefore(48))?.validUntil).toEqual(hoursBefore(47.75));
  expect(cancellationTerms(policy, startsAt, hoursBefore(24.1))?.validUntil).toEqual(hoursBefore(24));
});

test('whoever cancels while a quote is valid gets what it said, however close to the end', () => {
  for (let hours = 30; hours > 2; hours -= 0.05) {
    const quoted = cancellationTerms(policy, startsAt, hoursBefore(hours));
    const last = new Date((quoted?.validUntil.getTime() ?? 0) - 1);
    expect(cancellationTerms(policy, startsAt, last)?.refundPercent).toBe(quoted?.refundPercent);
  }
});

test('a show that was moved is cancelled for free until the date that was promised, and until it begins', () => {
  const moved = { cancellationTiers: [], freeCancellationUntil: hoursBefore(1) };
  expect(cancellationTerms(moved, startsAt, hoursBefore(1.1))?.refundPercent).toBe(100);
  expect(cancellationTerms(moved, startsAt, hoursBefore(1))).toBeNull();
  const late = { ...policy, freeCancellationUntil: hoursBefore(-48) };
  expect(cancellationTerms(late, startsAt, hoursBefore(0.1))).toEqual({ refundPercent: 100, validUntil: startsAt });
  expect(cancellationTerms(late, startsAt, startsAt)).toBeNull();
});

test('only the best step of a policy lets a booking be moved to another show', () => {
  const at = (hours: number) => {
    const terms = cancellationTerms(policy, startsAt, hoursBefore(hours));
    return terms !== null && isOnBestTerms(policy, terms);
  };
  expect([at(30), at(10), at(1)]).toEqual([true, false, false]);
});
