import { expect, test } from 'vitest';

import { isOfMandate, renewalFailed, renewed, trialEnding } from './billing-notices.ts';

const charge = {
  mandateId: 'mbr_1',
  customerId: 'usr_1',
  purpose: 'MEMBERSHIP' as const,
  amount: { amount: 899, currency: 'GBP' },
  planName: 'Marquee Plus',
  timeZone: 'Pacific/Auckland',
};

test('a renewal says what was paid and when the next charge is, by the customer’s clocks', () => {
  expect(renewed({ ...charge, nextChargeAt: '2027-01-31T23:30:00.000Z' })).toEqual({
    ...{ userId: 'usr_1', kind: 'PAYMENT', bookingId: null, title: 'Marquee Plus renewed' },
    body: 'You paid £8.99. The next charge is on 1 February 2027.',
  });
  const topUp = { ...charge, planName: null, purpose: 'WALLET_TOP_UP' as const };
  expect(renewed({ ...topUp, nextChargeAt: '2027-01-31T23:30:00.000Z' }).title).toBe('£8.99 added to your wallet');
});

test('a declined renewal says when it is tried again, and the last one that it has ended', () => {
  expect(renewalFailed({ ...charge, nextTryAt: '2027-01-31T23:30:00.000Z' }).body).toContain('on 1 February 2027');
  expect(renewalFailed({ ...charge, nextTryAt: null }).title).toBe('Marquee Plus has ended');
});

test('the end of a trial says what it will cost, and a failed payment of a mandate is announced by the mandate', () => {
  expect(trialEnding({ ...charge, endsAt: '2027-01-31T23:30:00.000Z' }).body).toContain('£8.99');
  const failed = { paymentId: 'pay_1', bookingId: null, customerId: 'usr_1', amount: charge.amount, declineCode: null };
  expect([isOfMandate({ ...failed, purpose: 'RECURRING' }), isOfMandate({ ...failed, purpose: 'BOOKING' })]).toEqual([
    ...[true, false],
  ]);
});
