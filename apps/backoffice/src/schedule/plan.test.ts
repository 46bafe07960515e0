import { expect, test } from 'vitest';

import { planInput, planProblems, type PlanDraft, startsOf } from './plan.ts';

const berlin = { timeZone: 'Europe/Berlin', currency: 'EUR' };
const now = new Date('2026-12-01T12:00:00Z');
const plan: PlanDraft = {
  titleId: 't',
  screenId: 's',
  days: ['2026-12-05', '2026-12-04'],
  times: '20:30, 16:00',
  language: 'German',
  format: '2D',
  prices: [{ tierName: 'Standard', price: '12' }],
  policy: 'policyNone',
  highDemand: false,
  transferable: true,
  limit: '',
};

test('each time of each day is a show', () => {
  expect(startsOf(plan, 'Europe/Berlin')).toEqual([
    ...['2026-12-04T15:00:00.000Z', '2026-12-04T19:30:00.000Z'],
    ...['2026-12-05T15:00:00.000Z', '2026-12-05T19:30:00.000Z'],
  ]);
});

test('a complete plan is sent', () => {
  expect(planProblems(plan, berlin, now)).toEqual({});
  expect(planInput(plan, berlin)).toMatchObject({ cancellationPolicy: { tiers: [] }, transferable: true });
  expect(planInput({ ...plan, policy: 'policyDefault' }, berlin)).not.toHaveProperty('cancellationPolicy');
});

test('says what is missing, in the past or too much', () => {
  expect(planProblems({ ...plan, titleId: undefined, days: [], limit: '0' }, berlin, now)).toEqual({
    title: 'needTitle',
    days: 'needDays',
    limit: 'needLimit',
  });
  expect(planProblems({ ...plan, days: ['2026-12-01'], times: '9' }, berlin, now).times).toBe('needFuture');
  const clocks = Array.from({ length: 24 }, (_, hour) => `${hour}:00`).join(' ');
  const days = ['2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07', '2026-12-08'];
  expect(planProblems({ ...plan, days, times: clocks }, berlin, now).times).toBe('tooMany');
});
