import type { PayloadOf } from '@marquee/events';
import { newId } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { type NotificationsHarness, openNotifications, user } from './harness.ts';
import { eventually } from '@marquee/testkit';

const SET = `mutation ($titleId: ID!, $cityId: ID!) {
  setReminder(titleId: $titleId, cityId: $cityId) { reminder { id title { id } city { id } } }
}`;
const DELETE = 'mutation ($id: ID!) { deleteReminder(id: $id) { deletedReminderId } }';
const REMINDERS = `query ($of: [_Any!]!) {
  _entities(representations: $of) { ... on User { reminders { id title { id } city { id } } } }
}`;
const HOUR_MS = 3_600_000;

let all: NotificationsHarness;
/** Who has tickets of a show, by its id, as booking answers. */
const holders: Record<string, string[]> = {};
/** Fails the next question for holders behind this person, as booking that is away does. */
const failing = new Set<string>();

beforeAll(async () => {
  all = await openNotifications({
    settings: { reminderIntervalMs: 20 },
    holders: (showId, after) => {
      if (failing.delete(after)) throw new Error('booking is away');
      return holders[showId] ?? [];
    },
  });
  await all.subgraph.start();
});

async function setReminder(userId: string, titleId: string, cityId = 'cty_lon'): Promise<string> {
  const { data, errors } = await all.execute(SET, user(userId), { titleId, cityId });
  expect(errors).toBeUndefined();
  return (data as { setReminder: { reminder: { id: string } } }).setReminder.reminder.id;
}

/** `catalog.shows-scheduled` of one show. */
function scheduled(
  { showId = newId('lon_shw'), titleId = 'ttl_1', hours = 100 },
  change: Partial<PayloadOf<'catalog.shows-scheduled'>> = {},
): PayloadOf<'catalog.shows-scheduled'> {
  const startsAt = new Date(Date.now() + hours * HOUR_MS).toISOString();
  return {
    ...{ cityCode: 'lon', timeZone: 'Europe/London', country: 'GB', layoutId: 'lay_1', cancellationTiers: [] },
    ...{ screen: { id: 'scr_1', name: '1' }, title: { id: titleId, name: 'Arrival', kind: 'MOVIE' } },
    venue: { id: 'ven_1', name: 'Odeon', organisationId: 'org_1' },
    ...{ language: 'English', format: '2D' },
    ...{ maxSeatsPerCustomer: null, transferable: true, salesOpenAt: null, admissionsPerMinute: null },
    shows: [{ id: showId, startsAt, endsAt: startsAt, highDemand: false, tiers: [] }],
    ...change,
  };
}

function changed(showId: string, version: number, hours: number): PayloadOf<'catalog.show-changed'> {
  const startsAt = new Date(Date.now() + hours * HOUR_MS).toISOString();
  const screen = { id: 'scr_1', name: '1' };
  return {
    ...{ showId, version, cityCode: 'lon', layoutId: 'lay_1', screen, startsAt, endsAt: startsAt },
    ...{ highDemand: false, tiers: [] },
  };
}

const told = async (userId: string) =>
  (await all.database.notification.findMany({ where: { userId }, orderBy: { version: 'asc' } })).map(
    ({ message }) => (message as { key: string }).key,
  );
const isTold = (userId: string, ...keys: string[]) => eventually(async () => expect(await told(userId)).toEqual(keys));
/** Has a show begin in so many hours, as time would, and its reminder due. */
const bringForward = (showId: string, hours: number) => all.database.$executeRaw`
  UPDATE show_reminders SET starts_at = clock_timestamp() + ${hours}::float8 * interval '1 h',
    due_at = clock_timestamp() + (${hours}::float8 - CASE WHEN ${hours}::float8 > 2 THEN 24 ELSE 2 END) * interval '1 h'
  WHERE show_id = ${showId}`;

test('everybody who waits for a title in a city is told once its shows are scheduled there, and once', async () => {
  const [ann, bob, elsewhere] = [newId('usr'), newId('usr'), newId('usr')];
  const titleId = newId('ttl');
  await Promise.all([setReminder(ann, titleId), setReminder(bob, titleId), setReminder(elsewhere, titleId, 'cty_ams')]);
  await all.deliver('catalog.shows-scheduled', scheduled({ titleId }));
  await all.deliver('catalog.shows-scheduled', scheduled({ titleId }));
  await isTold(ann, 'showsFound');
  await isTold(bob, 'showsFound');
  expect(await told(elsewhere)).toEqual([]);
  const left = await all.database.reminder.findMany({ where: { titleId } });
  expect(left.map(({ userId }) => userId)).toEqual([elsewhere]);
});

test('a reminder is set once, listed for its person alone, and deleted', async () => {
  const userId = newId('usr');
  const id = await setReminder(userId, 'ttl_listed');
  expect(await setReminder(userId, 'ttl_listed')).toBe(id);
  const of = [{ __typename: 'User', id: userId }];
  const reminders = [{ id, title: { id: 'ttl_listed' }, city: { id: 'cty_lon' } }];
  expect(await all.execute(REMINDERS, user(userId), { of })).toEqual({ data: { _entities: [{ reminders }] } });
  const refused = (code: string) => ({ errors: [{ extensions: { code } }] });
  expect(await all.execute(REMINDERS, user(), { of })).toMatchObject(refused('FORBIDDEN'));
  expect(await all.execute(DELETE, user(), { id })).toMatchObject(refused('NOT_FOUND'));
  expect(await all.execute(DELETE, { kind: 'anonymous' }, { id })).toMatchObject(refused('UNAUTHENTICATED'));
  expect(await all.execute(DELETE, user(userId), { id })).toEqual({
    data: { deleteReminder: { deletedReminderId: id } },
  });
  expect(await all.execute(DELETE, user(userId), { id })).toMatchObject(refused('NOT_FOUND'));
});

test.each([
  ['title', { titleId: 'ttl_unknown', cityId: 'cty_lon' }],
  ['city', { titleId: 'ttl_1', cityId: 'cty_unknown' }],
])('an unknown %s cannot be waited for', async (what, variables) => {
  expect(await all.execute(SET, user(), variables)).toMatchObject({
    errors: [{ message: `There is no such ${what}.`, extensions: { code: 'NOT_FOUND' } }],
  });
  expect(await all.execute(SET, { kind: 'anonymous' }, variables)).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('a person waits for a hundred titles at most, also when they set several at once', async () => {
  const userId = newId('usr');
  const waiting = Array.from({ length: 98 }, (_, at) => ({
    id: newId('rem'),
    userId,
    titleId: `ttl_${at}`,
    cityId: 'cty_lon',
  }));
  await all.database.reminder.createMany({ data: waiting });
  const set = (titleId: string) => all.execute(SET, user(userId), { titleId, cityId: 'cty_lon' });
  const answers = await Promise.all(['ttl_a', 'ttl_b', 'ttl_c', 'ttl_d', 'ttl_e'].map(set));
  expect(answers.filter(({ errors }) => errors !== undefined)).toHaveLength(3);
  expect(await all.database.reminder.count({ where: { userId } })).toBe(100);
});

test('whoever has tickets is reminded a day and two hours before, once each', async () => {
  const [buyer, friend] = [newId('usr'), newId('usr')].toSorted() as [string, string];
  const showId = newId('lon_shw');
  await all.deliver('catalog.shows-scheduled', scheduled({ showId }));
  expect(await all.database.showReminder.findUnique({ where: { showId } })).toMatchObject({ afterId: '' });
  holders[showId] = [buyer];
  await bringForward(showId, 23.9);
  await isTold(buyer, 'showTomorrow');
  // The buyer has passed a ticket on: the friend is reminded as well.
  const gone = newId('usr');
  await all.deliver('account.erased', { userId: gone });
  holders[showId] = [buyer, friend, gone];
  await bringForward(showId, 1.9);
  await isTold(buyer, 'showTomorrow', 'showSoon');
  await isTold(friend, 'showSoon');
  expect(await told(gone)).toEqual([]);
  await eventually(async () =>
    expect(await all.database.showReminder.findUnique({ where: { showId } })).toMatchObject({ dueAt: null }),
  );
});

test('a run that stops half-way reminds the others later, and nobody twice', async () => {
  const people = Array.from({ length: 1_001 }, () => newId('usr')).toSorted();
  const showId = newId('lon_shw');
  holders[showId] = people;
  failing.add(people[499] ?? '');
  await all.deliver('catalog.shows-scheduled', scheduled({ showId }));
  await bringForward(showId, 23.9);
  await isTold(people[0] ?? '', 'showTomorrow');
  await eventually(async () => expect(failing.size).toBe(0));
  expect(await told(people[1_000] ?? '')).toEqual([]);
  await all.database.showReminder.update({ where: { showId }, data: { leasedUntil: new Date() } });
  await isTold(people[1_000] ?? '', 'showTomorrow');
  const where = { userId: { in: people } };
  expect(await all.database.notification.count({ where })).toBe(1_001);
});

test('of a show that moves, people are reminded before its new time; of a cancelled one, never', async () => {
  const [ann, bob] = [newId('usr'), newId('usr')];
  const [moved, cancelled] = [newId('lon_shw'), newId('lon_shw')];
  Object.assign(holders, { [moved]: [ann], [cancelled]: [bob] });
  // Events of a show may come before that of its schedule.
  await all.deliver('catalog.show-cancelled', { showId: cancelled, cityCode: 'lon', reason: '' });
  for (const showId of [moved, cancelled])
    await all.deliver('catalog.shows-scheduled', scheduled({ showId, hours: 1.9 }));
  await all.deliver('catalog.show-changed', changed(moved, 2, 100));
  await all.deliver('catalog.show-changed', changed(moved, 1, 1));
  const due = async (showId: string) => (await all.database.showReminder.findUnique({ where: { showId } }))?.dueAt;
  expect((await due(moved))?.getTime()).toBeGreaterThan(Date.now() + 75 * HOUR_MS);
  expect(await due(cancelled)).toBeNull();
  await bringForward(moved, 23.9);
  await isTold(ann, 'showTomorrow');
  await all.deliver('catalog.show-changed', changed(moved, 3, 60));
  await bringForward(moved, 23.8);
  await isTold(ann, 'showTomorrow', 'showTomorrow');
  expect(await told(bob)).toEqual([]);
});

test('the reminder of a day before is left out when it comes too late to help', async () => {
  const userId = newId('usr');
  const showId = newId('lon_shw');
  holders[showId] = [userId];
  await all.deliver('catalog.shows-scheduled', scheduled({ showId }));
  await bringForward(showId, 11);
  await eventually(async () =>
    expect((await all.database.showReminder.findUnique({ where: { showId } }))?.dueAt?.getTime()).toBeGreaterThan(
      Date.now(),
    ),
  );
  expect(await told(userId)).toEqual([]);
});
