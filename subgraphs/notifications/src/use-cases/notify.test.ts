import { expect, test } from 'vitest';

import type { NewNotification, Notice } from '../domain/notification.ts';
import { notify } from './notify.ts';

const now = new Date('2026-12-04T19:30:00.000Z');
const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
const notice: Notice = { userId: 'usr_1', kind: 'BOOKING', message, bookingId: 'lon_bkg_1' };

test('each notice becomes a notification of its own, in the trace of its cause', async () => {
  const stored: NewNotification[] = [];
  const notifications = { add: async (added: readonly NewNotification[]) => void stored.push(...added) };
  await notify({ notifications, now: () => now }, [{ ...notice, traceparent: '00-1' }, notice]);
  const id = expect.stringMatching(/^ntf_/);
  const notification = { ...notice, id, createdAt: now, isDefault: true };
  expect(stored).toEqual([{ ...notification, traceparent: '00-1' }, notification]);
  expect(stored[0]?.id).not.toBe(stored[1]?.id);
});
