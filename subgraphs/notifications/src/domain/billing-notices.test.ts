import { expect, test } from 'vitest';

import { written } from '../../test/written.ts';
import { isOfMandate, paymentFailed, paymentRefunded, renewalFailed, renewed, trialEnding } from './billing-notices.ts';

const charge = {
  mandateId: 'mbr_1',
  customerId: 'usr_1',
  purpose: 'MEMBERSHIP' as const,
  amount: { amount: 899, currency: 'GBP' },
  planName: 'Marquee Plus',
  timeZone: 'Pacific/Auckland',
};

test('a renewal says what was paid and when the next charge is, by the customer’s clocks', () => {
  expect(written(renewed({ ...charge, nextChargeAt: '2027-01-31T23:30:00.000Z' }))).toEqual({
    ...{ userId: 'usr_1', kind: 'PAYMENT', bookingId: null, title: 'Marquee Plus renewed' },
    about: { type: 'MEMBERSHIP', id: 'mbr_1' },
    body: 'You paid £8.99. The next charge is on 1 February 2027.',
  });
  const topUp = { ...charge, planName: null, purpose: 'WALLET_TOP_UP' as const };
  expect(written(renewed({ ...topUp, nextChargeAt: '2027-01-31T23:30:00.000Z' }))).toMatchObject({
    title: '£8.99 added to your wallet',
    about: { type: 'RECURRING_PAYMENT', id: 'mbr_1' },
  });
});

test('a declined renewal says when it is tried again, and the last one that it has ended', () => {
  expect(written(renewalFailed({ ...charge, nextTryAt: '2027-01-31T23:30:00.000Z' })).body).toContain(
    'on 1 February 2027',
  );
  expect(written(renewalFailed({ ...charge, nextTryAt: null })).title).toBe('Marquee Plus has ended');
});

test('the end of a trial says what it will cost, and a failed payment of a mandate is announced by the mandate', () => {
  expect(written(trialEnding({ ...charge, endsAt: '2027-01-31T23:30:00.000Z' })).body).toContain('£8.99');
  const failed = { paymentId: 'pay_1', bookingId: null, customerId: 'usr_1', amount: charge.amount, declineCode: null };
  expect([isOfMandate({ ...failed, purpose: 'RECURRING' }), isOfMandate({ ...failed, purpose: 'BOOKING' })]).toEqual([
    ...[true, false],
  ]);
});

const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const failure = { paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1', amount: gbp(2756) };

test('a failed payment says for what, how much and why', () => {
  const notice = written(
    paymentFailed({
      ...failure,
      purpose: 'BOOKING',
      declineCode: 'insufficient_funds',
      titleName: 'Arrival',
    }),
  );
  expect(notice).toMatchObject({ kind: 'PAYMENT', bookingId: 'lon_bkg_1' });
  expect(notice.title).toBe('Your payment for Arrival did not go through');
  expect(notice.body).toBe(
    '£27.56 could not be charged: insufficient funds. Try again or pay another way while your seats are held.',
  );
});

test('a provider’s own code is nothing for people to read', () => {
  for (const declineCode of ['do_not_honor_0x5', 'constructor', null]) {
    const notice = written(paymentFailed({ ...failure, bookingId: null, purpose: 'WALLET_TOP_UP', declineCode }));
    expect(notice.title).toBe('Your top-up did not go through');
    expect(notice.body).toBe(
      '£27.56 could not be charged. Your wallet balance has not changed. Try again or use another card.',
    );
  }
});

test('a refund says how much, and where the money is', () => {
  const to = (method: 'CARD' | 'WALLET') =>
    written(
      paymentRefunded({
        ...{ refundId: 'ref_1', paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1' },
        ...{ amount: gbp(500), method },
      }),
    );
  const notice = { userId: 'usr_1', kind: 'PAYMENT', bookingId: 'lon_bkg_1', title: '£5.00 refunded' };
  expect(to('CARD')).toMatchObject({ ...notice, body: expect.stringContaining('to your card. Banks may take') });
  expect(to('WALLET')).toMatchObject({ ...notice, body: expect.stringContaining('in your wallet') });
  expect(to('WALLET').body).not.toContain('Banks');
});
