import { Prisma } from '@marquee/prisma-notifications';
import type { Caller, FormattedResult } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { fill, openNotifications, user, type NotificationsHarness } from './harness.ts';

const INBOX = `
  query ($users: [_Any!]!, $first: Int, $after: String, $unreadOnly: Boolean) {
    _entities(representations: $users) {
      ... on User {
        id
        unreadNotificationCount
        notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
          edges { node { id kind title body readAt createdAt booking { id } } }
          pageInfo { hasNextPage endCursor }
        }
        notificationPreferences { kind channels }
      }
    }
  }`;
const MARK = 'mutation ($ids: [ID!]!) { markNotificationsRead(ids: $ids) { unreadCount } }';
const UPDATE = `mutation ($input: [NotificationPreferenceInput!]!) {
  updateNotificationPreferences(input: $input) { preferences { kind channels } }
}`;

interface Inbox {
  id: string;
  unreadNotificationCount: number | null;
  notifications: {
    edges: { node: { id: string; title: string; readAt: string | null } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
  notificationPreferences: { kind: string; channels: string[] }[] | null;
}

const reference = (...ids: string[]) => ids.map((id) => ({ __typename: 'User', id }));
const codesOf = ({ errors = [] }: FormattedResult) => [
  ...new Set(errors.map(({ extensions }) => extensions?.['code'])),
];
const idsOf = (inbox: Inbox | undefined) => inbox?.notifications?.edges.map(({ node }) => node.id);

/** A user's own notifications. */
async function inboxOf(
  { execute }: NotificationsHarness,
  userId: string,
  variables: Record<string, unknown> = {},
): Promise<Inbox> {
  const { data, errors } = await execute(INBOX, user(userId), { users: reference(userId), ...variables });
  expect(errors).toBeUndefined();
  return (data as { _entities: [Inbox] })._entities[0];
}

test('a person sees their notifications, the latest first', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 3, 1);
  await fill(all, 'usr_2', 1);
  const inbox = await inboxOf(all, 'usr_1');
  expect(inbox.unreadNotificationCount).toBe(2);
  expect(inbox.notifications).toEqual({
    edges: [2, 1, 0].map((position) => ({
      node: {
        id: `ntf_usr_1_${position}`,
        kind: 'BOOKING',
        title: `Title ${position}`,
        body: `Body ${position}`,
        readAt: position === 0 ? '2026-12-01T00:00:00.000Z' : null,
        createdAt: `2026-12-01T00:0${position}:00.000Z`,
        booking: { id: 'lon_bkg_1' },
      },
    })),
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  });
});

test('pages follow one another without a gap, also when something new comes in between', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 5);
  const first = await inboxOf(all, 'usr_1', { first: 2 });
  const createdAt = new Date('2026-12-02T00:00:00.000Z');
  await all.database.notification.create({
    data: { id: 'ntf_new', userId: 'usr_1', kind: 'PAYMENT', title: 'New', body: 'New', createdAt },
  });
  const after = first.notifications?.pageInfo.endCursor;
  const second = await inboxOf(all, 'usr_1', { first: 2, after });
  const third = await inboxOf(all, 'usr_1', { first: 2, after: second.notifications?.pageInfo.endCursor });
  expect([first, second, third].map(idsOf)).toEqual([
    ['ntf_usr_1_4', 'ntf_usr_1_3'],
    ['ntf_usr_1_2', 'ntf_usr_1_1'],
    ['ntf_usr_1_0'],
  ]);
  expect(third.notifications?.pageInfo.hasNextPage).toBe(false);
});

test('notifications of one moment are listed once each', async () => {
  const all = await openNotifications();
  const createdAt = new Date('2026-12-01T00:00:00.000Z');
  const ids = ['ntf_a', 'ntf_b', 'ntf_c'];
  await all.database.notification.createMany({
    data: ids.map((id) => ({ id, userId: 'usr_1', kind: 'BOOKING', title: id, body: id, createdAt })),
  });
  const first = await inboxOf(all, 'usr_1', { first: 2 });
  const second = await inboxOf(all, 'usr_1', { first: 2, after: first.notifications?.pageInfo.endCursor });
  expect([idsOf(first), idsOf(second)]).toEqual([['ntf_c', 'ntf_b'], ['ntf_a']]);
});

test('what is read can be left out', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 4, 3);
  expect(idsOf(await inboxOf(all, 'usr_1', { unreadOnly: true }))).toEqual(['ntf_usr_1_3']);
});

test('a page too long and a cursor of another list are refused', async () => {
  const all = await openNotifications();
  const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  const now = new Date().toISOString();
  for (const [field, variables] of [
    ['first', { first: 101 }],
    ['first', { first: -1 }],
    ['after', { after: 'garbage' }],
    ['after', { after: cursor('yesterday', 'ntf_1') }],
    ['after', { after: cursor('+275760-09-12T00:00:00.000Z', 'ntf_1') }],
    ['after', { after: cursor(now, '\u0000') }],
    ['after', { after: cursor(now, '\ud800') }],
  ] as const) {
    const result = await all.execute(INBOX, user('usr_1'), { users: reference('usr_1'), ...variables });
    expect(result.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  }
});

test('only the recipient and administrators read a notification', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 1);
  const asked = { users: reference('usr_1') };
  const nothing = { unreadNotificationCount: null, notifications: null, notificationPreferences: null };
  const other = await all.execute(INBOX, user('usr_2'), asked);
  expect([codesOf(other), other.data]).toEqual([['FORBIDDEN'], { _entities: [{ id: 'usr_1', ...nothing }] }]);
  const anonymous = await all.execute(INBOX, { kind: 'anonymous' }, asked);
  expect([codesOf(anonymous), anonymous.data]).toEqual([['UNAUTHENTICATED'], other.data]);
  const support = await all.execute(INBOX, user('usr_agent', ['users:write']), asked);
  expect(idsOf((support.data as { _entities: [Inbox] })._entities[0])).toEqual(['ntf_usr_1_0']);
});

test('a notification found by its id is only its recipient’s to read', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 1);
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { id title } } }';
  const of = ['ntf_usr_1_0', 'ntf_unknown'].map((id) => ({ __typename: 'Notification', id }));
  const own = await all.execute(query, user('usr_1'), { of });
  expect(own).toEqual({ data: { _entities: [{ id: 'ntf_usr_1_0', title: 'Title 0' }, null] } });
  const foreign = await all.execute(query, user('usr_2'), { of });
  expect([codesOf(foreign), foreign.data]).toEqual([['FORBIDDEN'], { _entities: [null, null] }]);
});

test.each([
  ['de-CH', true, 'Ihre Plätze für Arrival werden bald freigegeben'],
  ['hi', true, 'Arrival की आपकी सीटें जल्द ही छोड़ दी जाएँगी'],
  ['nl', true, 'Your seats for Arrival are about to be released'],
  ['de', false, 'Your seats for Arrival are about to be released'],
])(
  'a notification is read in the language %s of its person, when accounts answers: %s',
  async (tag, answers, title) => {
    const all = await openNotifications({ locales: { usr_1: tag }, accountsAnswers: answers });
    const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } };
    const data = { id: 'ntf_1', userId: 'usr_1', kind: 'BOOKING', createdAt: new Date(), message } as const;
    await all.database.notification.create({ data });
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { title } } }';
    const result = await all.execute(query, user('usr_1'), { of: [{ __typename: 'Notification', id: 'ntf_1' }] });
    expect(result).toEqual({ data: { _entities: [{ title }] } });
  },
);

test('a notification that only a newer process can write does not fail the list', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 1);
  const data = { id: 'ntf_new', userId: 'usr_1', kind: 'BOOKING', createdAt: new Date() } as const;
  await all.database.notification.create({ data: { ...data, message: { key: 'ofTomorrow', values: {} } } });
  const titles = (await inboxOf(all, 'usr_1')).notifications?.edges.map(({ node }) => node.title);
  expect(titles).toEqual(['Title 0', 'New notification']);
});

test('marking changes one’s own notifications, and hides whether others’ exist', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 3);
  await fill(all, 'usr_2', 2);
  const ids = ['ntf_usr_1_0', 'ntf_usr_2_0', 'ntf_unknown', 'ntf_\u0001'];
  const marked = await all.execute(MARK, user('usr_1'), { ids });
  expect(marked).toEqual({ data: { markNotificationsRead: { unreadCount: 2 } } });
  expect((await inboxOf(all, 'usr_1')).unreadNotificationCount).toBe(2);
  expect((await inboxOf(all, 'usr_2')).unreadNotificationCount).toBe(2);
});

test('what is read stays read since when it was', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 1);
  await all.execute(MARK, user('usr_1'), { ids: ['ntf_usr_1_0'] });
  const [before] = (await inboxOf(all, 'usr_1')).notifications?.edges ?? [];
  await all.execute(MARK, user('usr_1'), { ids: ['ntf_usr_1_0'] });
  const [after] = (await inboxOf(all, 'usr_1')).notifications?.edges ?? [];
  expect(before?.node.readAt).toEqual(expect.any(String));
  expect(after?.node.readAt).toEqual(before?.node.readAt);
});

test('preferences are saved per person', async () => {
  const all = await openNotifications();
  const usual = (await inboxOf(all, 'usr_2')).notificationPreferences;
  const input = [
    { kind: 'PROMOTION', channels: [] },
    { kind: 'BOOKING', channels: ['IN_APP'] },
  ];
  const updated = await all.execute(UPDATE, user('usr_1'), { input });
  await all.execute(UPDATE, user('usr_1'), { input: [{ kind: 'PROMOTION', channels: ['EMAIL'] }] });
  const preferences = (await inboxOf(all, 'usr_1')).notificationPreferences;
  expect(preferences).toEqual([
    { kind: 'BOOKING', channels: ['IN_APP'] },
    ...(usual ?? []).slice(1, 4),
    { kind: 'PROMOTION', channels: ['EMAIL'] },
    ...(usual ?? []).slice(5),
  ]);
  expect(updated).toMatchObject({ data: { updateNotificationPreferences: { preferences: { length: 6 } } } });
  expect((await inboxOf(all, 'usr_2')).notificationPreferences).toEqual(usual);
});

test('who is not signed in can change nothing', async () => {
  const all = await openNotifications();
  const anonymous: Caller = { kind: 'anonymous' };
  expect(codesOf(await all.execute(MARK, anonymous, { ids: [] }))).toEqual(['UNAUTHENTICATED']);
  expect(codesOf(await all.execute(UPDATE, anonymous, { input: [] }))).toEqual(['UNAUTHENTICATED']);
});

test('the lists of twenty people take as many statements as that of one', async () => {
  const all = await openNotifications();
  const userIds = Array.from({ length: 20 }, (_, position) => `usr_${position}`);
  for (const userId of userIds) await fill(all, userId, 4, 1);
  const support = user('usr_support', ['users:write']);
  const list = (ids: string[]) => all.execute(INBOX, support, { users: reference(...ids), first: 2 });
  // One of them records that support looked.
  expect(await all.statements.during(() => list(userIds.slice(0, 1)))).toHaveLength(4);
  let result: FormattedResult = {};
  const sent = await all.statements.during(async () => {
    result = await list(userIds);
  });
  expect(sent).toHaveLength(4);
  const inboxes = (result.data as { _entities: Inbox[] })._entities;
  expect(inboxes.map(idsOf)).toEqual(userIds.map((userId) => [`ntf_${userId}_3`, `ntf_${userId}_2`]));
  expect(inboxes.map((inbox) => inbox.unreadNotificationCount)).toEqual(userIds.map(() => 3));
});

test('a malformed id does not fail the look-up of others', async () => {
  const all = await openNotifications();
  await fill(all, 'usr_1', 2);
  const support = user('usr_support', ['users:write']);
  const { data, errors } = await all.execute(INBOX, support, { users: reference('usr_1', 'usr_\0') });
  expect(errors).toBeUndefined();
  const [somebody, nobody] = (data as { _entities: Inbox[] })._entities;
  expect(idsOf(somebody)).toEqual(['ntf_usr_1_1', 'ntf_usr_1_0']);
  expect(idsOf(nobody)).toEqual([]);
  const NOTIFICATIONS = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { title } } }';
  const of = ['ntf_usr_1_0', 'ntf_\0'].map((id) => ({ __typename: 'Notification', id }));
  expect(await all.execute(NOTIFICATIONS, support, { of })).toEqual({
    data: { _entities: [{ title: 'Title 0' }, null] },
  });
});

test('choices of the same kinds in opposite orders at once all succeed, without a deadlock', async () => {
  const { execute, database } = await openNotifications();
  const chosen = ['BOOKING', 'PAYMENT', 'WAITLIST'].map((kind) => ({ kind, channels: ['IN_APP'] }));
  const choose = (input: object[]) => execute(UPDATE, user('usr_1'), { input });
  await choose(chosen);
  const answers = await database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM notification_preferences WHERE kind = 'PAYMENT' FOR UPDATE`;
    const waiting = Array.from({ length: 40 }, (_, turn) => choose(turn % 2 === 0 ? chosen : chosen.toReversed()));
    const countWaiting = Prisma.sql`SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await database.$executeRaw(countWaiting)).toBeGreaterThan(5));
    return waiting;
  });
  expect((await Promise.all(answers)).flatMap(codesOf)).toEqual([]);
  const deadlocks = Prisma.sql`SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  expect(await database.$queryRaw(deadlocks)).toEqual([{ deadlocks: 0 }]);
});
