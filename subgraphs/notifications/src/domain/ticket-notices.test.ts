import { expect, test } from 'vitest';

import { written } from '../../test/written.ts';
import { passedOnTicketsChanged, ticketCheckedIn, transferChanged } from './ticket-notices.ts';

const show = {
  ...{ showId: 'syd_shw_1', titleName: 'Arrival', venueName: 'Harbour Cinema' },
  ...{ startsAt: '2026-12-04T08:30:00.000Z', timeZone: 'Australia/Sydney' },
};
const offer = {
  ...{ ...show, offerId: 'syd_off_1', senderId: 'usr_alice', recipientId: null },
  ...{ isComplimentary: false, seats: ['C7'] },
};
const SEAT = 'A ticket for Arrival at Harbour Cinema, Friday, 4 December 2026 at 19:30. Seat C7.';

test.each([
  [
    'OFFERED',
    'Offered: Arrival',
    'It stays yours until your offer is accepted. If you offered nothing, take the offer back and change your password.',
  ],
  ['TAKEN_BACK', 'Taken back: Arrival', 'admits you as before'],
  ['EXPIRED', 'Not accepted: Arrival', 'admits you as before'],
] as const)('who offered a ticket is told that it is %s', (change, title, advice) => {
  const notices = transferChanged({ ...offer, change }).map((notice) => written(notice));
  expect(notices).toMatchObject([{ userId: 'usr_alice', kind: 'BOOKING', bookingId: null, title }]);
  expect(notices[0]?.body).toContain(SEAT);
  expect(notices[0]?.body).toContain(advice);
});

test('several tickets are spoken of as several', () => {
  const bodies = (['OFFERED', 'TAKEN_BACK', 'EXPIRED'] as const).flatMap((change) =>
    transferChanged({ ...offer, change, seats: ['C7', 'C8'] }).map((notice) => written(notice).body),
  );
  for (const body of bodies) expect(body).toMatch(/They (stay|admit)/);
});

test('both are told of a ticket that was accepted, of complimentary ones the recipient alone', () => {
  const accepted = { ...offer, change: 'ACCEPTED', recipientId: 'usr_bob' } as const;
  expect(transferChanged(accepted).map((notice) => written(notice))).toMatchObject([
    { userId: 'usr_alice', title: 'Passed on: Arrival' },
    { userId: 'usr_bob', title: 'Your ticket: Arrival' },
  ]);
  const given = transferChanged({ ...accepted, isComplimentary: true, seats: ['C7', 'C8'] }).map((notice) =>
    written(notice),
  );
  expect(given).toMatchObject([{ userId: 'usr_bob', body: expect.stringContaining('Tickets for Arrival') }]);
  expect(transferChanged({ ...offer, change: 'EXPIRED', isComplimentary: true })).toEqual([]);
});

test('whom a ticket was passed on to is told of a cancelled show and of a new time, by the clocks there', () => {
  const changed = {
    ...show,
    holderId: 'usr_bob',
    seats: ['C7'],
    reason: 'It rains',
    previousStartsAt: null,
    by: 'VENUE',
  } as const;
  const cancelled = written(passedOnTicketsChanged({ ...changed, change: 'CANCELLED' }));
  expect(cancelled).toMatchObject({ userId: 'usr_bob', title: 'Cancelled: Arrival' });
  expect(cancelled.body).toBe(`${SEAT} Cancelled by the venue. It rains. The refund goes to whoever bought it.`);
  const disputed = { ...changed, change: 'CANCELLED', by: 'DISPUTE', reason: null } as const;
  expect(written(passedOnTicketsChanged(disputed)).body).toBe(
    `${SEAT} The payment for it was taken back, so it is no longer valid. Ask whoever passed it on to you.`,
  );
  const moved = { ...changed, change: 'MOVED', reason: null, previousStartsAt: '2026-12-03T08:30:00.000Z' } as const;
  expect(written(passedOnTicketsChanged(moved)).body).toContain(
    'now starts on Friday, 4 December 2026 at 19:30 instead of Thursday, 3 December 2026 at 19:30.',
  );
});

test('the holder of a ticket is told when it was scanned', () => {
  const event = {
    ...show,
    ticketId: 'syd_tkt_1',
    holderId: 'usr_bob',
    titleId: 'ttl_1',
    venueId: 'ven_1',
    checkedInAt: '2026-12-04T08:05:00.000Z',
    seat: 'C7',
  };
  expect(written(ticketCheckedIn(event))).toMatchObject({ userId: 'usr_bob', title: 'Checked in: Arrival' });
  expect(written(ticketCheckedIn(event)).body).toContain('was scanned on Friday, 4 December 2026 at 19:05. Seat C7.');
});
