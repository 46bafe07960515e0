import { expect, it } from 'vitest';

import { stepName, withShares } from './funnel.ts';

it('adds the share of the step before, and none where nobody came so far', () => {
  const steps = [
    { name: 'a', visitors: 200, conversionPercent: 100 },
    { name: 'b', visitors: 50, conversionPercent: 25 },
    { name: 'c', visitors: 0, conversionPercent: 0 },
    { name: 'd', visitors: 0, conversionPercent: 0 },
  ];
  expect(withShares(steps).map(({ fromBefore }) => fromBefore)).toEqual([100, 25, 0, 0]);
});

it('shows an event that has no words by its name', () => {
  expect(stepName((key) => `words of ${key}`, 'seats_held')).toBe('words of seats_held');
  expect(stepName((key) => `words of ${key}`, 'my_event')).toBe('my_event');
});
