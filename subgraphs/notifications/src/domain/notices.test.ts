import { expect, test } from 'vitest';

import { written } from '../../test/written.ts';
import { bookingCancelled, bookingConfirmed, holdExpiring, waitlistOffered } from './notices.ts';

const gbp = (amount: number) => ({ amount, currency: 'GBP' });

const booking = {
  bookingId: 'syd_bkg_1',
  customerId: 'usr_1',
  showId: 'syd_shw_1',
  titleName: 'Arrival',
  venueName: 'Harbour Cinema',
  startsAt: '2026-12-04T08:30:00.000Z',
  timeZone: 'Australia/Sydney',
  seats: ['C7', 'C8'],
};

test('a confirmation says what, where, when by the clocks there, which seats and how much', () => {
  const paid = { previousStatus: 'PENDING_PAYMENT', titleId: 'ttl_1', total: gbp(2756), paymentId: 'pay_1' } as const;
  const notice = bookingConfirmed({ ...booking, ...paid });
  expect(written(notice, 'de').body).toBe(
    'Arrival, Harbour Cinema, Freitag, 4. Dezember 2026 um 19:30. Plätze C7 und C8. Sie haben 27,56\u00a0£ bezahlt.',
  );
  expect(written(notice)).toMatchObject({
    userId: 'usr_1',
    kind: 'BOOKING',
    bookingId: 'syd_bkg_1',
    title: 'Booked: Arrival',
    body: 'Arrival at Harbour Cinema, Friday, 4 December 2026 at 19:30. Seats C7 and C8. You paid £27.56.',
  });
});

test('a cancellation says what was cancelled, why, and where the money goes', () => {
  const cancelled = { ...booking, previousStatus: 'CONFIRMED', status: 'CANCELLED', by: 'VENUE' } as const;
  const body = (change: Partial<Parameters<typeof bookingCancelled>[0]>) =>
    written(bookingCancelled({ ...cancelled, reason: null, refund: null, refundTo: 'SOURCE', ...change })).body;
  const show = 'Arrival at Harbour Cinema, Friday, 4 December 2026 at 19:30';
  expect(body({ reason: 'It rains', refund: gbp(500), refundTo: 'WALLET' })).toBe(
    `Your booking for ${show}, was cancelled. It rains. £5.00 is being refunded to your wallet.`,
  );
  expect(body({ status: 'CONFIRMED', seats: ['C7'] })).toBe(
    `Some of your tickets for ${show}, were cancelled: Seat C7. Nothing is refunded.`,
  );
  expect(body({ by: 'DISPUTE' })).toBe(
    `Your booking for ${show}, was cancelled. Your bank took the payment back, so the tickets are no longer valid.`,
  );
  expect(body({ previousStatus: 'PENDING_PAYMENT' })).toContain('You were not charged.');
});

const hold = {
  holdId: 'lon_hld_1',
  customerId: 'usr_1',
  showId: 'lon_shw_1',
  titleName: 'Arrival',
  expiresAt: '2026-12-04T19:30:00.000Z',
};

test('a hold about to end says how long is left', () => {
  const expiring = holdExpiring(hold, new Date('2026-12-04T19:28:05.000Z'));
  const notice = expiring && written(expiring);
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
  const offered = waitlistOffered(offer, new Date('2026-12-04T19:20:00.000Z'));
  const notice = offered && written(offered);
  expect(notice).toMatchObject({ userId: 'usr_1', kind: 'WAITLIST', title: 'Seats are free for you: Arrival' });
  expect(notice?.body).toContain('Held for you for 10 minutes');
  expect(waitlistOffered(offer, new Date(offer.expiresAt))).toBeNull();
});
