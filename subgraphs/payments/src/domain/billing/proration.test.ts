import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dueAt } from './calendar.ts';
import { type Membership, newMandate } from './mandate.ts';
import type { MembershipPlan } from './membership-plan.ts';
import { changePlan } from './proration.ts';

const start = new Date('2027-01-31T12:00:00.000Z');

function plan(id: string, amount: number, change: Partial<MembershipPlan> = {}): MembershipPlan {
  const benefits = { freeCancellations: 0, bookingFeePercentOff: 0 };
  const text = { name: id, description: id, country: 'NL' };
  return { id, ...text, interval: 'MONTH', price: { amount, currency: 'EUR' }, trialDays: 0, benefits, ...change };
}

function member(of: MembershipPlan, change: Partial<Membership> = {}): Membership {
  const schedule = { anchor: start, interval: of.interval, timeZone: 'UTC' };
  const terms = {
    id: 'mbr_1',
    customerId: 'usr_1',
    purpose: 'MEMBERSHIP',
    method: 'CARD',
    paymentMethodId: 'pmt_1',
  } as const;
  const period = { periodStart: start, periodEnd: dueAt(schedule, 1), step: 1, sequence: 1, version: 1 };
  return {
    ...newMandate({ ...terms, price: of.price, schedule }, start),
    ...period,
    status: 'ACTIVE',
    planId: of.id,
    ...change,
  };
}

const prices = fc.integer({ min: 1, max: 1_000_000_000 });

test('a change and a change back cost nothing, whatever the prices and the moment', () => {
  fc.assert(
    fc.property(prices, prices, fc.integer({ min: 0, max: 27 * 86_400_000 }), (a, b, ms) => {
      const [from, to] = [plan('a', a), plan('b', b)];
      const now = new Date(start.getTime() + ms);
      const there = changePlan(member(from), from, to, now);
      const back = changePlan(member(to), to, from, now);
      if (typeof there === 'string' || typeof back === 'string') throw new Error('refused');
      return there.proration.amount + back.proration.amount === 0;
    }),
  );
});

test('an invoice of a change names both plans and their days, by the clocks of the membership', () => {
  const [monthly, dearer] = [plan('Plus', 999), plan('Gold', 1_999)];
  const yearly = plan('Gold', 9_990, { interval: 'YEAR' });
  const of = member(monthly);
  const auckland = { ...of, schedule: { ...of.schedule, timeZone: 'Pacific/Auckland' } };
  const linesOf = (change: ReturnType<typeof changePlan>) =>
    typeof change === 'string' ? [change] : change.lines.map(({ description }) => description);
  const now = new Date('2027-02-09T12:00:00.000Z');
  const unused = 'Plus, unused: 10 Feb 2027 to 1 Mar 2027';
  expect(linesOf(changePlan(auckland, monthly, dearer, now))).toEqual([unused, 'Gold, 10 Feb 2027 to 1 Mar 2027']);
  expect(linesOf(changePlan(auckland, monthly, yearly, now))).toEqual([unused, 'Gold, 10 Feb 2027 to 10 Feb 2028']);
});

test('nothing is credited or charged beyond the prices, and the lines add up', () => {
  fc.assert(
    fc.property(prices, prices, fc.integer({ min: -1e9, max: 4e9 }), (a, b, ms) => {
      const [from, to] = [plan('a', a), plan('b', b)];
      const changed = changePlan(member(from), from, to, new Date(start.getTime() + ms));
      if (typeof changed === 'string') throw new Error('refused');
      const [unused, charged] = changed.lines.map(({ amount }) => amount) as [number, number];
      expect(unused).toBeGreaterThanOrEqual(-a);
      expect(charged).toBeLessThanOrEqual(b);
      expect(unused + charged).toBe(changed.proration.amount);
    }),
  );
});

test('a change at the very start costs the difference, and at the very end nothing', () => {
  const [from, to] = [plan('a', 1_000), plan('b', 3_000)];
  expect(changePlan(member(from), from, to, start)).toMatchObject({ proration: { amount: 2_000 } });
  expect(changePlan(member(from), from, to, member(from).periodEnd)).toMatchObject({ proration: { amount: 0 } });
});

test('another interval begins a period now, on the day of the change', () => {
  const [from, to] = [plan('a', 1_000), plan('b', 9_000, { interval: 'YEAR' })];
  const now = new Date('2027-02-14T12:00:00.000Z');
  expect(changePlan(member(from), from, to, now)).toMatchObject({
    proration: { amount: 8_500 },
    change: { step: 1, periodStart: now, periodEnd: new Date('2028-02-14T12:00:00.000Z') },
  });
});

test('a plan is not changed to itself, another currency, or while it is paused, past due or about to end', () => {
  const [from, to] = [plan('a', 1_000), plan('b', 2_000)];
  const kronor = plan('c', 2_000, { price: { amount: 2_000, currency: 'SEK' } });
  expect([
    changePlan(member(from), from, from, start),
    changePlan(member(from), from, kronor, start),
    changePlan(member(from, { status: 'PAUSED' }), from, to, start),
    changePlan(member(from, { status: 'PAST_DUE' }), from, to, start),
    changePlan(member(from, { cancelAt: start }), from, to, start),
  ]).toEqual(['SAME_PLAN', 'OTHER_CURRENCY', 'PAUSED', 'PAST_DUE', 'CANCELLED']);
});
