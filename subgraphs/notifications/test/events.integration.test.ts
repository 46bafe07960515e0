import { randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { NotificationRepository } from '../src/adapters/notifications.ts';
import type { NoticeMessage } from '../src/domain/messages/index.ts';
import type { NewNotification } from '../src/domain/notification.ts';
import { written } from './written.ts';
import { confirmed, fill, openNotifications, user, type NotificationsHarness } from './harness.ts';

const RECEIVED = `subscription {
  notificationReceived { unreadCount notification { id kind title body createdAt booking { id } about { type id } } }
}`;

const amount = { amount: 1378, currency: 'GBP' };
const payment = { paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1', amount };

/** The user's notifications in English, oldest first. */
async function told({ database }: NotificationsHarness, userId: string) {
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const;
  const rows = await database.notification.findMany({ where: { userId }, orderBy: [...orderBy] });
  return rows.map(({ kind, bookingId, about, message }) => {
    const { title } = written({ userId, kind, bookingId, message: message as unknown as NoticeMessage });
    return { kind, bookingId, title, ...(about !== null && { about }) };
  });
}

/** A live subscription of the user; `next` gives its next event. */
async function subscription({ subgraph, redis, namespace }: NotificationsHarness, userId: string) {
  const stream = await subgraph.subscribe({ query: RECEIVED, caller: user(userId) });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
  const first = stream.next();
  const channel = `${namespace}:push:notifications:${userId}`;
  await eventually(async () => expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]));
  let pending: typeof first | null = first;
  return {
    next: async () => {
      const { value } = await (pending ?? stream.next());
      pending = null;
      return value;
    },
    end: () => stream.return?.(),
  };
}

test('each event that concerns a person becomes a notification', async () => {
  const all = await openNotifications();
  await all.subgraph.start();
  const expiresAt = new Date(Date.now() + 2 * 60_000).toISOString();
  const hold = { holdId: 'lon_hld_1', customerId: 'usr_1', showId: 'lon_shw_1', titleName: 'Arrival', expiresAt };
  await all.emit('booking.hold-expiring', hold);
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(1));
  const failure = { ...payment, purpose: 'BOOKING' as const, declineCode: 'insufficient_funds', titleName: 'Arrival' };
  await all.emit('payment.failed', failure);
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(2));
  await all.emit('booking.confirmed', confirmed('usr_1'));
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(3));
  await all.emit('payment.refunded', { refundId: 'ref_1', ...payment });
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(4));
  await all.emit('account.security-changed', { userId: 'usr_1', change: 'EMAIL_CHANGED' });
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(5));
  await all.emit('account.sign-in-attempted', { userId: 'usr_1', factor: 'PASSWORD' });
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(6));
  await all.emit('account.status-changed', { userId: 'usr_1', status: 'ACTIVE' });
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(7));
  expect(await told(all, 'usr_1')).toEqual([
    {
      ...{ kind: 'BOOKING', bookingId: null, title: 'Your seats for Arrival are about to be released' },
      about: { type: 'SHOW', id: 'lon_shw_1' },
    },
    { kind: 'PAYMENT', bookingId: 'lon_bkg_1', title: 'Your payment for Arrival did not go through' },
    { kind: 'BOOKING', bookingId: 'lon_bkg_1', title: 'Booked: Arrival' },
    { kind: 'PAYMENT', bookingId: 'lon_bkg_1', title: '£13.78 refunded', about: { type: 'REFUND', id: 'ref_1' } },
    { kind: 'ACCOUNT', bookingId: null, title: 'Your email address was changed' },
    { kind: 'ACCOUNT', bookingId: null, title: 'Somebody tried to sign in to your account' },
    { kind: 'ACCOUNT', bookingId: null, title: 'Your account was restored' },
  ]);
});

test('an event that comes twice gives one notification', async () => {
  const all = await openNotifications();
  await all.subgraph.start();
  const id = randomUUID();
  await all.emit('booking.confirmed', confirmed('usr_1'), { id });
  await all.emit('booking.confirmed', confirmed('usr_1'), { id });
  // Of the same key, so it is handled after the two.
  await all.emit('booking.confirmed', confirmed('usr_1', { titleName: 'Marker' }));
  await eventually(async () => expect((await told(all, 'usr_1')).at(-1)?.title).toBe('Booked: Marker'));
  expect((await told(all, 'usr_1')).map(({ title }) => title)).toEqual(['Booked: Arrival', 'Booked: Marker']);
});

test('notifications that are stored together are numbered and counted in their order', async () => {
  const { database } = await openNotifications();
  const of = (userId: string, name: string): NewNotification => ({
    ...{ id: `ntf_${name}`, userId, kind: 'BOOKING', bookingId: null, createdAt: new Date() },
    message: { key: 'holdExpiring', values: { titleName: name, minutes: 2 } },
    ...{ isDefault: true, traceparent: `00-${name}` },
  });
  const notifications = new NotificationRepository(database);
  await notifications.add([of('usr_1', 'a')]);
  await notifications.add([of('usr_1', 'b'), of('usr_2', 'c'), of('usr_1', 'd')]);
  await notifications.add([]);
  const stored = await database.notification.findMany({ orderBy: { id: 'asc' } });
  expect(stored.map(({ userId, id, version }) => [userId, id, version])).toEqual([
    ['usr_1', 'ntf_a', 1],
    ['usr_1', 'ntf_b', 2],
    ['usr_2', 'ntf_c', 1],
    ['usr_1', 'ntf_d', 3],
  ]);
  const emitted = await database.outboxEvent.findMany({ orderBy: { seq: 'asc' } });
  expect(emitted.map(({ payload, traceparent }) => [payload, traceparent])).toEqual([
    [{ notificationId: 'ntf_a', userId: 'usr_1', unreadCount: 1 }, '00-a'],
    [{ notificationId: 'ntf_b', userId: 'usr_1', unreadCount: 2 }, '00-b'],
    [{ notificationId: 'ntf_c', userId: 'usr_2', unreadCount: 1 }, '00-c'],
    [{ notificationId: 'ntf_d', userId: 'usr_1', unreadCount: 3 }, '00-d'],
  ]);
});

test('a person who chose other channels has no notification in the app', async () => {
  const all = await openNotifications();
  await all.subgraph.start();
  await all.database.notificationPreference.create({ data: { userId: 'usr_1', kind: 'BOOKING', channels: ['EMAIL'] } });
  await all.emit('booking.confirmed', confirmed('usr_1'));
  const refund = { refundId: 'ref_1', ...payment };
  await all.emit('payment.refunded', refund);
  await eventually(async () => expect(await told(all, 'usr_1')).toHaveLength(1));
  await eventually(async () => expect(await all.database.inboxEvent.count()).toBe(2));
  expect((await told(all, 'usr_1')).map(({ kind }) => kind)).toEqual(['PAYMENT']);
});

test('a live subscription gets each new notification of its person, and no other', async () => {
  const all = await openNotifications();
  await all.subgraph.start();
  await fill(all, 'usr_1', 2, 1);
  const live = await subscription(all, 'usr_1');
  await all.emit('booking.confirmed', confirmed('usr_2', { bookingId: 'lon_bkg_2' }));
  await eventually(async () => expect(await told(all, 'usr_2')).toHaveLength(1));
  await all.emit('booking.confirmed', confirmed('usr_1'));
  const createdAt = expect.any(String);
  const body = 'Arrival at Odeon, Friday, 4 December 2026 at 19:30. Seat C7. You paid £13.78.';
  const about = { type: 'BOOKING', id: 'lon_bkg_1' };
  const notification = { kind: 'BOOKING', title: 'Booked: Arrival', body, booking: { id: 'lon_bkg_1' }, about };
  expect(await live.next()).toMatchObject({
    data: {
      notificationReceived: {
        unreadCount: 2,
        notification: { ...notification, id: expect.stringMatching(/^ntf_[0-9a-f]{32}$/), createdAt },
      },
    },
  });
  await all.emit('booking.confirmed', confirmed('usr_1', { titleName: 'Dune' }));
  expect(await live.next()).toMatchObject({
    data: { notificationReceived: { unreadCount: 3, notification: { title: 'Booked: Dune' } } },
  });
  await live.end();
});

test('an anonymous caller cannot subscribe', async () => {
  const { subgraph } = await openNotifications();
  const refused = await subgraph.subscribe({ query: RECEIVED, caller: { kind: 'anonymous' } });
  expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('the event of a new notification has the unread count and the trace', async () => {
  const all = await openNotifications();
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await all.subgraph.start();
  await fill(all, 'usr_1', 3, 1);
  await all.emit('booking.confirmed', confirmed('usr_1'), { traceparent });
  const [event] = await eventually(async () => {
    const events = await all.database.outboxEvent.findMany();
    expect(events).toMatchObject([{ publishedAt: expect.any(Date) }]);
    return events;
  });
  expect(event).toMatchObject({ type: 'notification.created', key: 'usr_1', traceparent });
  expect(event?.payload).toEqual({ notificationId: expect.any(String), userId: 'usr_1', unreadCount: 3 });
});

test('the subgraph is ready while its database and Redis are there', async () => {
  const { subgraph } = await openNotifications();
  await expect(subgraph.ready()).resolves.toBeUndefined();
});
