import { expect, it } from 'vitest';

import { showChanges, type ShowFields } from './show-changes.ts';

const before: ShowFields = {
  startsAt: '2026-12-04T18:00:00Z',
  screenId: 'scr_1',
  prices: [{ tierName: 'Standard', price: '12.50' }],
  highDemand: false,
};

it('sends what was changed and nothing else', () => {
  expect(showChanges(before, before, 'EUR')).toEqual({});
  expect(showChanges(before, { ...before, startsAt: '2026-12-04T18:00:00.000Z' }, 'EUR')).toEqual({});
  expect(showChanges(before, { ...before, highDemand: true }, 'EUR')).toEqual({ highDemand: true });
  expect(showChanges(before, { ...before, startsAt: '2026-12-04T19:00:00Z', screenId: 'scr_2' }, 'EUR')).toEqual({
    startsAt: '2026-12-04T19:00:00Z',
    screenId: 'scr_2',
  });
  expect(showChanges(before, { ...before, prices: [{ tierName: 'Standard', price: '13' }] }, 'EUR')).toEqual({
    tierPrices: [{ tierName: 'Standard', price: { amount: 1_300, currency: 'EUR' } }],
  });
});

it('sends nothing while a price is missing', () => {
  const prices = [{ tierName: 'Standard', price: '' }];
  expect(showChanges(before, { ...before, prices, highDemand: true }, 'EUR')).toBeUndefined();
});
