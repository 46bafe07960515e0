import { expect, test } from 'vitest';

import { bookingConfirmed, holdExpiring, paymentFailed, paymentRefunded, waitlistOffered } from './notices.ts';

const gbp = (amount: number) => ({ amount, currency: 'GBP' });

test('a confirmation says what, where, when by the clocks there, which seats and how much', () => {
  const notice = bookingConfirmed({
    bookingId: 'syd_bkg_1',
    previousStatus: 'PENDING_PAYMENT',
    customerId: 'usr_1',
    showId: 'syd_shw_1',
    titleId: 'ttl_1',
    titleName: 'Arrival',
    venueName: 'Harbour Cinema',
    startsAt: '2026-12-04T08:30:00.000Z',
    timeZone: 'Australia/Sydney',
    seats: ['C7', 'C8'],
    total: gbp(2756),
    paymentId: 'pay_1',
  });
  expect(notice).toEqual({
    userId: 'usr_1',
    kind: 'BOOKING',
    bookingId: 'syd_bkg_1',
    title: 'Booked: Arrival',
    body: 'Arrival at Harbour Cinema, Friday, 4 December 2026 at 19:30. Seats C7 and C8. You paid £27.56.',
  });
});

const hold = {
  holdId: 'lon_hld_1',
  customerId: 'usr_1',
  showId: 'lon_shw_1',
  titleName: 'Arrival',
  expiresAt: '2026-12-04T19:30:00.000Z',
};

test('a hold about to end says how long is left', () => {
  const notice = holdExpiring(hold, new Date('2026-12-04T19:28:05.000Z'));
  expect(notice).toMatchObject({ kind: 'BOOKING', bookingId: null });
  expect(notice?.title).toBe('Your seats for Arrival are about to be released');
  expect(notice?.body).toBe('They are held for 2 minutes more. Book them before somebody else can.');
});

test('nobody is warned of a hold that has ended', () => {
  expect(holdExpiring(hold, new Date('2026-12-04T19:30:00.000Z'))).toBeNull();
});

test('an offer to a waitlist says how long the seats are held, and nothing once that is over', () => {
  const offer = {
    ...{
      entryId: 'lon_wle_1',
      customerId: 'usr_1',
      showId: 'lon_shw_1',
      titleName: 'Arrival',
      venueName: 'The Electric',
    },
    ...{ startsAt: '2026-12-05T19:30:00.000Z', timeZone: 'Europe/London', partySize: 3 },
    expiresAt: '2026-12-04T19:30:00.000Z',
  };
  const notice = waitlistOffered(offer, new Date('2026-12-04T19:20:00.000Z'));
  expect(notice).toMatchObject({ userId: 'usr_1', kind: 'WAITLIST', title: 'Seats are free for you: Arrival' });
  expect(notice?.body).toContain('Held for you for 10 minutes');
  expect(waitlistOffered(offer, new Date(offer.expiresAt))).toBeNull();
});

const failure = { paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1', amount: gbp(2756) };

test('a failed payment says for what, how much and why', () => {
  const notice = paymentFailed({
    ...failure,
    purpose: 'BOOKING',
    declineCode: 'insufficient_funds',
    titleName: 'Arrival',
  });
  expect(notice).toMatchObject({ kind: 'PAYMENT', bookingId: 'lon_bkg_1' });
  expect(notice.title).toBe('Your payment for Arrival did not go through');
  expect(notice.body).toBe(
    '£27.56 could not be charged: insufficient funds. Try again or pay another way while your seats are held.',
  );
});

test('a provider’s own code is nothing for people to read', () => {
  for (const declineCode of ['do_not_honor_0x5', 'constructor', null]) {
    const notice = paymentFailed({ ...failure, bookingId: null, purpose: 'WALLET_TOP_UP', declineCode });
    expect(notice.title).toBe('Your top-up did not go through');
    expect(notice.body).toBe(
      '£27.56 could not be charged. Your wallet balance has not changed. Try again or use another card.',
    );
  }
});

test('a refund says how much, and where the money is', () => {
  const to = (method: 'CARD' | 'WALLET') =>
    paymentRefunded({
      ...{ refundId: 'ref_1', paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1' },
      ...{ amount: gbp(500), method },
    });
  const notice = { userId: 'usr_1', kind: 'PAYMENT', bookingId: 'lon_bkg_1', title: '£5.00 refunded' };
  expect(to('CARD')).toMatchObject({ ...notice, body: expect.stringContaining('to your card. Banks may take') });
  expect(to('WALLET')).toMatchObject({ ...notice, body: expect.stringContaining('in your wallet') });
  expect(to('WALLET').body).not.toContain('Banks');
});
