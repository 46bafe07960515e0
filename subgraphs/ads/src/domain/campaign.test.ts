import fc from 'fast-check';
import { expect, test } from 'vitest';

import { clickThroughRateOf, refusalOf, statusOf, wholeUnits, wholeUnitsByDay } from './campaign.ts';

const readAt = new Date('2026-11-30T12:00:00Z');
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const campaign = {
  ...{ state: 'ACTIVE' as const, endsAt: new Date('2026-12-30T12:00:00Z'), readAt, spentMilli: 0 },
  ...{ budget: eur(10), bidPerThousand: eur(500) },
};

test.each([
  ['ACTIVE', {}],
  ['ACTIVE', { spentMilli: 9_500 }],
  ['EXHAUSTED', { spentMilli: 9_501 }],
  ['EXHAUSTED', { spentMilli: 10_000, state: 'PAUSED' as const }],
  ['DRAFT', { state: 'DRAFT' as const }],
  ['PAUSED', { state: 'PAUSED' as const }],
  ['ENDED', { endsAt: readAt }],
  ['ENDED', { state: 'ENDED' as const, spentMilli: 10_000 }],
])('a campaign is %s: %j', (status, change) => {
  expect(statusOf({ ...campaign, ...change })).toBe(status);
});

test('what has ended or is used up never starts again', () => {
  expect(refusalOf('ENDED', 'ACTIVE')).toMatch(/has ended/);
  expect(refusalOf('EXHAUSTED', 'ACTIVE')).toMatch(/used up/);
  expect(refusalOf('EXHAUSTED', 'ENDED')).toBeNull();
  expect(refusalOf('DRAFT', 'PAUSED')).toMatch(/never started/);
});

test('without an impression there is no rate of clicks', () => {
  expect(clickThroughRateOf({ impressions: 0, clicks: 0 })).toBe(0);
  expect(clickThroughRateOf({ impressions: 8, clicks: 2 })).toBe(0.25);
});

test('days in whole minor units add up to the whole, and none is off by more than one', () => {
  const costs = fc.array(fc.nat({ max: 5_000_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(costs, (all) => {
      const days = all.map((spentMilli, index) => ({
        campaignId: '',
        date: `${index}`,
        spentMilli,
        impressions: 1,
        clicks: 0,
      }));
      const amounts = wholeUnitsByDay(days).map(({ amount }) => amount);
      const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
      expect(sum(amounts)).toBe(wholeUnits(sum(all)));
      for (const [index, amount] of amounts.entries())
        expect(Math.abs(amount - (all[index] ?? 0) / 1_000)).toBeLessThan(1);
    }),
  );
});
