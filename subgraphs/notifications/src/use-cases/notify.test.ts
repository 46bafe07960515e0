import { expect, test } from 'vitest';

import type { Notice, Notification } from '../domain/notification.ts';
import { notify } from './notify.ts';
import type { NotificationChannel } from '../domain/preferences.ts';

const now = new Date('2026-12-04T19:30:00.000Z');
const notice: Notice = { userId: 'usr_1', kind: 'BOOKING', title: 'Booked', body: 'Arrival', bookingId: 'lon_bkg_1' };

/** The notifications stored for a notice to somebody who chose these channels. */
async function notified(chosen: NotificationChannel[] | null, what = notice): Promise<Notification[]> {
  const stored: Notification[] = [];
  const notifications = { add: async (notification: Notification) => void stored.push(notification) };
  await notify({ notifications, preferences: { channelsFor: async () => chosen }, now: () => now }, what);
  return stored;
}

test('a person without a choice is notified', async () => {
  expect(await notified(null)).toEqual([
    { ...notice, id: expect.stringMatching(/^ntf_/), createdAt: now, readAt: null },
  ]);
});

test('a person who chose other channels is not notified in the app', async () => {
  expect(await notified(['EMAIL'])).toEqual([]);
  expect(await notified([])).toEqual([]);
  expect(await notified(['IN_APP'])).toHaveLength(1);
});
