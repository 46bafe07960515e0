import { expect, test } from 'vitest';

import { type NoticeMessage } from './messages/index.ts';
import type { Notice } from './notification.ts';
import { pushHostOf } from './push-endpoint.ts';
import { type PushDelivery, pushMessageOf, pushPayload } from './push-message.ts';
import { planPushes } from './push-plan.ts';
import { isUrgent } from './urgency.ts';
import { hostHealth, outcomeOf, type PushOutcome } from './push-outcome.ts';

const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
const now = new Date('2026-12-04T19:30:00.000Z');

test('endpoints are https URLs of public hosts', () => {
  expect(pushHostOf('https://fcm.googleapis.com/fcm/send/abc', false)).toBe('fcm.googleapis.com');
  const refused = [
    ...['http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://user@fcm.googleapis.com/x'],
    ...['https://127.0.0.1/x', 'https://0x7f.1/x', 'https://2130706433/x', 'https://[::1]/x', 'https://10.0.0.1/x'],
    ...['https://localhost/x', 'https://redis:6379/x', 'ftp://example.com/x', 'not a URL', 'http://localhost:4202/x'],
  ];
  for (const endpoint of refused) expect(() => pushHostOf(endpoint, false)).toThrow('https URL');
});

test('endpoints of this machine are taken where that is allowed, and no other plain ones', () => {
  expect(pushHostOf('http://127.0.0.1:4202/push/1', true)).toBe('127.0.0.1:4202');
  expect(() => pushHostOf('http://10.0.0.1/push/1', true)).toThrow('https URL');
});

test.each<[number | null, number | null, Partial<PushOutcome>]>([
  [201, null, { kind: 'SENT' }],
  [404, null, { kind: 'ENDED' }],
  [410, null, { kind: 'ENDED' }],
  [413, null, { kind: 'SHORTENED', delayMs: 0 }],
  [429, 90_000, { kind: 'POSTPONED', delayMs: 90_000 }],
  [429, null, { kind: 'POSTPONED', delayMs: 60_000 }],
  [500, null, { kind: 'FAILED', delayMs: 20_000 }],
  [503, 90_000, { kind: 'FAILED', delayMs: 90_000 }],
  [null, null, { kind: 'FAILED', delayMs: 20_000 }],
  [400, null, { kind: 'REFUSED' }],
  [301, null, { kind: 'REFUSED' }],
])('an answer %s (Retry-After %s ms) is %o', (status, retryAfterMs, outcome) => {
  expect(outcomeOf({ status, retryAfterMs }, { attempts: 3, isShort: false })).toEqual(outcome);
});

test('what is too large even when cut is given up, and waits grow to a quarter of an hour', () => {
  expect(outcomeOf({ status: 413, retryAfterMs: null }, { attempts: 2, isShort: true })).toEqual({ kind: 'REFUSED' });
  const later = outcomeOf({ status: 500, retryAfterMs: null }, { attempts: 30, isShort: false });
  expect(later).toEqual({ kind: 'FAILED', delayMs: 900_000 });
});

test('a host is up when it deals with anything; else it is left alone for as long as it asks, at most five minutes', () => {
  const tried = (host: string, outcome: PushOutcome, attempts = 1) => ({ host, attempts, outcome });
  expect(
    hostHealth([
      tried('a', { kind: 'FAILED', delayMs: 5_000 }),
      tried('a', { kind: 'ENDED' }),
      tried('b', { kind: 'FAILED', delayMs: 5_000 }),
      tried('c', { kind: 'POSTPONED', delayMs: 7_000 }),
      tried('c', { kind: 'POSTPONED', delayMs: 9_000 }),
      tried('d', { kind: 'POSTPONED', delayMs: 86_400_000 }),
      tried('e', { kind: 'POSTPONED', delayMs: 86_400_000 }),
      tried('e', { kind: 'SENT' }),
      // A repeat: of its endpoint alone.
      tried('f', { kind: 'FAILED', delayMs: 5_000 }, 2),
    ]),
  ).toEqual([
    { host: 'a', isUp: true, pauseMs: 0 },
    { host: 'b', isUp: false, pauseMs: 0 },
    { host: 'c', isUp: false, pauseMs: 9_000 },
    { host: 'd', isUp: false, pauseMs: 300_000 },
    { host: 'e', isUp: true, pauseMs: 0 },
  ]);
});

test('hosts of one domain are one service, also where everybody gets a name below it', () => {
  const failed = { kind: 'FAILED', delayMs: 5_000 } as const;
  const hosts = ['a1.push.example.co.uk', 'b2.example.co.uk', 'me.workers.dev', 'you.workers.dev', '127.0.0.1:4202'];
  expect(hostHealth(hosts.map((host) => ({ host, attempts: 1, outcome: failed }))).map(({ host }) => host)).toEqual([
    ...['example.co.uk', 'me.workers.dev', 'you.workers.dev', '127.0.0.1:4202'],
  ]);
});

test('what ends soon is urgent and not kept for longer, and bulk has a lane of its own', () => {
  const notice: Parameters<typeof pushMessageOf>[0] = {
    ...{ id: 'ntf_1', userId: 'usr_1', kind: 'BOOKING', message, bookingId: null, isUrgent: true },
    ...{ expiresAt: new Date('2026-12-04T19:32:00.000Z'), topic: 'hold' },
  };
  expect(pushMessageOf(notice, now)).toMatchObject({
    ...{ expiresAt: notice.expiresAt, urgency: 'high', topic: 'hold', lane: 'TRANSACTIONAL' },
  });
  const bulk = { ...notice, kind: 'PROMOTION', expiresAt: undefined, isBulk: true } as const;
  expect(pushMessageOf(bulk, now)).toMatchObject({
    ...{ lane: 'BULK', urgency: 'low', expiresAt: new Date('2026-12-05T07:30:00.000Z') },
  });
});

test('a payload fits into what services take in any script, and is cut between characters', () => {
  const delivery = { notificationId: 'ntf_1', kind: 'BOOKING', bookingId: null } as PushDelivery;
  const text = { title: 'क्षि'.repeat(400), body: '👩‍👩‍👧‍👦'.repeat(400) };
  const [long, short] = [false, true].map((isShort) => pushPayload({ ...delivery, isShort }, text)) as [string, string];
  expect(Buffer.byteLength(long)).toBeLessThan(3_900);
  expect(Buffer.byteLength(short)).toBeLessThan(1_200);
  expect((JSON.parse(short) as { body: string }).body).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
});

const starts = (hours: number) => ({ at: new Date(now.getTime() + hours * 3_600_000).toISOString(), timeZone: 'UTC' });
const show = { titleName: 'Arrival', venueName: 'Odeon', seats: ['C7'] };
const cancelled = (hours: number): NoticeMessage => ({
  key: 'passedOnTicketsCancelled',
  values: { ...show, starts: starts(hours), reason: null, by: 'VENUE' },
});
const moved = (from: number, to: number): NoticeMessage => ({
  key: 'passedOnTicketsMoved',
  values: { ...show, previousStarts: starts(from), starts: starts(to) },
});

test.each<[string, boolean, Partial<Notice>]>([
  ['security', true, { kind: 'ACCOUNT' }],
  ['what is over within the hour', true, { expiresAt: new Date(now.getTime() + 3_600_000) }],
  ['what is over later', false, { expiresAt: new Date(now.getTime() + 3_600_001) }],
  ['a show within a day that is cancelled', true, { message: cancelled(20) }],
  ['a later show that is cancelled', false, { message: cancelled(30) }],
  ['a show within a day that is moved to another week', true, { message: moved(3, 170) }],
  ['a later show that is moved', false, { message: moved(100, 170) }],
])('%s waits for nothing: %s', (_what, urgent, change) => {
  const plain = { kind: 'BOOKING', message: { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } };
  expect(isUrgent({ ...(plain as Pick<Notice, 'kind' | 'message'>), ...change }, now)).toBe(urgent);
});

const due = (id: string, change: Partial<PushDelivery> = {}) =>
  ({ id, endpointId: 'psh_1', kind: 'BOOKING', notificationId: `ntf_${id}`, message, ...change }) as PushDelivery;
const sentAgo = (...minutes: number[]) => [
  { endpointId: 'psh_1', kind: 'BOOKING', sent: minutes.map((ago) => new Date(now.getTime() - ago * 60_000)) } as const,
];

test('up to five pushes of a kind in an hour go out alone, and more as one digest that counts them', () => {
  const five = ['1', '2', '3', '4', '5'].map((id) => due(id));
  expect(planPushes(five, [])).toMatchObject([{ send: five, waits: [], collected: [] }]);
  const other = due('7', { kind: 'PAYMENT' });
  const digest = { key: 'digest', values: { count: 6, kind: 'BOOKING' } } as const;
  expect(planPushes([...five, due('10'), other], [])).toMatchObject([
    { send: [{ id: '10', notificationId: 'ntf_10', message: digest }], collected: ['1', '2', '3', '4', '5'] },
    { send: [other] },
  ]);
  const again = planPushes([due('11', { message: digest }), due('12')], sentAgo(1, 2, 3, 4));
  expect(again).toMatchObject([{ send: [{ message: { values: { count: 7 } } }], collected: ['11'] }]);
});

test('after five pushes of a kind in an hour the next waits until the first of them is an hour old', () => {
  expect(planPushes([due('9')], sentAgo(1, 50, 3, 4, 5))).toMatchObject([
    { send: [], waits: [{ id: '9', until: new Date(now.getTime() + 10 * 60_000) }] },
  ]);
});
