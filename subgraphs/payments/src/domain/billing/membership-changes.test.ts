import { expect, test } from 'vitest';

import { type Membership, newMandate } from './mandate.ts';
import { cancelled, resumed } from './membership-changes.ts';

const start = new Date('2027-01-01T12:00:00.000Z');
const trialEndsAt = new Date('2027-01-15T12:00:00.000Z');
const schedule = { anchor: trialEndsAt, interval: 'MONTH', timeZone: 'UTC' } as const;
const terms = {
  id: 'mbr_1',
  customerId: 'usr_1',
  purpose: 'MEMBERSHIP',
  method: 'CARD',
  paymentMethodId: 'pmt_1',
  price: { amount: 1_000, currency: 'EUR' },
  schedule,
} as const;
const trial: Membership = {
  ...newMandate(terms, start),
  ...{ version: 1, status: 'ACTIVE', planId: 'mpl_1', periodStart: start, periodEnd: trialEndsAt, trialEndsAt },
};

test.each([
  ['before it was announced', new Date('2027-01-05T12:00:00.000Z'), new Date('2027-01-12T12:00:00.000Z')],
  ['afterwards', new Date('2027-01-13T12:00:00.000Z'), trialEndsAt],
])('a trial whose cancellation is taken back %s is announced once', (_when, now, nextActionAt) => {
  const ends = { ...trial, ...cancelled(trial, true, now) } as Membership;
  expect(ends).toMatchObject({ cancelAt: trialEndsAt, nextActionAt: trialEndsAt });
  expect(resumed(ends, now)).toEqual({ cancelAt: null, nextActionAt });
});
