import { expect, test } from 'vitest';

import type { Notice, Notification } from '../domain/notification.ts';
import { notify } from './notify.ts';
import type { NotificationChannel } from '../domain/preferences.ts';

const now = new Date('2026-12-04T19:30:00.000Z');
const notice: Notice = { userId: 'usr_1', kind: 'BOOKING', title: 'Booked', body: 'Arrival', bookingId: 'lon_bkg_1' };

/** Tells somebody who chose these channels, and gives what was kept. */
async function told(chosen: NotificationChannel[] | null, what = notice): Promise<Notification[]> {
  const kept: Notification[] = [];
  const notifications = { add: async (notification: Notification) => void kept.push(notification) };
  await notify(
    { notifications, preferences: { chosenFor: async () => chosen }, newId: () => 'ntf_1', now: () => now },
    what,
  );
  return kept;
}

test('who chose nothing is told', async () => {
  expect(await told(null)).toEqual([{ ...notice, id: 'ntf_1', createdAt: now, readAt: null }]);
});

test('who does not want such things in the app is not told there', async () => {
  expect(await told(['EMAIL'])).toEqual([]);
  expect(await told([])).toEqual([]);
  expect(await told(['IN_APP'])).toHaveLength(1);
});
