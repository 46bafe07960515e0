import { expect, test } from 'vitest';

import type { NewMailNotice } from '../domain/ports.ts';
import type { NewNotification, Notice } from '../domain/notification.ts';
import type { ChosenPreference } from '../domain/preferences.ts';
import type { PushMessage } from '../domain/push-message.ts';
import { type CausedNotice, notify } from './notify.ts';

const now = new Date('2026-12-04T19:30:00.000Z');
const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
const notice: Notice = { userId: 'usr_1', kind: 'BOOKING', message, bookingId: 'lon_bkg_1' };

async function told(notices: readonly CausedNotice[], chosen: readonly ChosenPreference[] = [], taken: string[] = []) {
  const stored: NewNotification[] = [];
  const pushed: PushMessage[] = [];
  const mailed: NewMailNotice[] = [];
  const deps = {
    notifications: { add: async (added: readonly NewNotification[]) => void stored.push(...added) },
    preferences: { ofUsers: async () => [...chosen] },
    noticeKeys: {
      take: async (keys: readonly { userId: string; key: string }[]) =>
        keys.filter(({ key }, at) => !taken.includes(key) && keys.findIndex((other) => other.key === key) === at),
    },
    pushDeliveries: { add: async (added: readonly PushMessage[]) => void pushed.push(...added) },
    mailNotices: { add: async (added: readonly NewMailNotice[]) => void mailed.push(...added) },
    now: () => now,
  };
  await notify(deps, notices);
  return { stored, pushed, mailed };
}

test('each notice becomes a notification of its own, in the trace of its cause', async () => {
  const { stored, pushed } = await told([{ ...notice, traceparent: '00-1' }, notice]);
  const id = expect.stringMatching(/^ntf_/);
  const notification = { ...notice, id, createdAt: now, isUrgent: false };
  expect(stored).toEqual([{ ...notification, traceparent: '00-1' }, notification]);
  expect(stored[0]?.id).not.toBe(stored[1]?.id);
  expect(pushed.map(({ notificationId }) => notificationId)).toEqual(stored.map((each) => each.id));
});

test('a person is told by the channels that they chose for the kind', async () => {
  const chosen = [{ userId: 'usr_1', kind: 'BOOKING', channels: ['PUSH'] } as const];
  const { stored, pushed } = await told([notice, { ...notice, userId: 'usr_2' }], chosen);
  expect(stored.map(({ userId }) => userId)).toEqual(['usr_2']);
  expect(pushed.map(({ userId }) => userId)).toEqual(['usr_1', 'usr_2']);
});

test('changes to the account reach a person who chose to be told nothing', async () => {
  const { stored } = await told([{ ...notice, kind: 'ACCOUNT' }], [{ userId: 'usr_1', kind: 'ACCOUNT', channels: [] }]);
  expect(stored).toHaveLength(1);
});

test('what has a key is told once', async () => {
  const keyed = { ...notice, key: 'starts' };
  expect((await told([keyed, { ...keyed, bookingId: 'lon_bkg_2' }, notice])).stored).toMatchObject([
    { key: 'starts', bookingId: 'lon_bkg_1' },
    { bookingId: 'lon_bkg_1' },
  ]);
  expect((await told([keyed], [], ['starts'])).stored).toEqual([]);
});

test('a channel that a notice must not take is not taken', async () => {
  const { stored, mailed } = await told([{ ...notice, never: ['EMAIL'] }, notice]);
  expect(stored).toHaveLength(2);
  expect(mailed).toMatchObject([{ id: stored[1]?.id, isUrgent: false }]);
});
