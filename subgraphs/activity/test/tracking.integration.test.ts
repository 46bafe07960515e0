import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { openActivity, tracked, user } from './harness.ts';

const { track, loaded, rows, execute, deliver, database, statements } = await openActivity();

const HISTORY = `query ($of: [_Any!]!, $first: Int, $after: String) {
  _entities(representations: $of) { ... on User { history(first: $first, after: $after) {
    edges { node { id kind at title { id } booking { id } searchText } } pageInfo { hasNextPage endCursor } } } }
}`;
const REPORTS = `query ($from: DateTime!, $to: DateTime!, $steps: [String!]!, $cityId: ID, $minutes: Int!) {
  eventFunnel(from: $from, to: $to, steps: $steps, cityId: $cityId) { steps { name visitors conversionPercent } }
  liveTraffic(minutes: $minutes) { minute visitors bookings suspicious }
}`;
const ANALYST = user('usr_analyst', ['reports:read']);

interface History {
  readonly edges: { readonly node: Record<string, unknown> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function historyOf(person: Caller & { readonly userId: string }, page: object = {}): Promise<History> {
  const result = await execute(HISTORY, person, { of: [{ __typename: 'User', id: person.userId }], ...page });
  expect(result.errors).toBeUndefined();
  return (result.data as { _entities: [{ history: History }] })._entities[0].history;
}

function report(caller: Caller, change: object = {}) {
  const period = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
  };
  return execute(REPORTS, caller, { ...period, steps: ['title_view'], minutes: 2, ...change });
}

test('events are accepted and loaded once, whoever sends them, and a repeat is dropped', async () => {
  const events = [tracked('title_view', { titleId: 'ttl_1' }), tracked('search', { searchText: 'fargo' })] as const;
  expect(await track([...events, events[0]])).toEqual({ accepted: 2, duplicates: 1 });
  expect(await track(events)).toEqual({ accepted: 0, duplicates: 2 });
  await loaded();
  const stored = await rows(`SELECT name FROM events WHERE id IN ('${events[0].id}', '${events[1].id}') ORDER BY name`);
  expect(stored).toEqual([{ name: 'search' }, { name: 'title_view' }]);
});

test('a batch with one bad event is refused as a whole, and the message names the field', async () => {
  const good = tracked('title_view');
  expect(await track([good, tracked('Title View')])).toEqual({
    code: 'BAD_USER_INPUT',
    field: 'events.1.name',
    message: 'Use 1 to 64 lower case letters, digits and underscores, and begin with a letter.',
  });
  expect(await track([good])).toEqual({ accepted: 1, duplicates: 0 });
  expect(await track([])).toEqual({ accepted: 0, duplicates: 0 });
  const tooMany = Array.from({ length: 501 }, () => tracked('title_view'));
  expect(await track(tooMany)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'events' });
});

test('a device in 2032 makes no day of its own', async () => {
  const days = "SELECT count(*)::int AS days FROM pg_inherits WHERE inhparent = 'events'::regclass";
  const before = await rows(days);
  const event = tracked('title_view', { at: '2032-01-01T00:00:00.000Z' });
  await track([event]);
  await loaded();
  expect(await rows(`SELECT claimed_at, at = received_at AS received FROM events WHERE id = '${event.id}'`)).toEqual([
    { claimed_at: new Date('2032-01-01T00:00:00Z'), received: true },
  ]);
  expect(await rows(days)).toEqual(before);
});

test('a clock in the year 10000 keeps nobody’s events from being loaded', async () => {
  const events = [tracked('title_view', { at: '9999-12-31T23:59:59-23:59' }), tracked('title_view')] as const;
  expect(await track(events)).toEqual({ accepted: 2, duplicates: 0 });
  await loaded();
  expect(await rows(`SELECT FROM events WHERE id IN ('${events[0].id}', '${events[1].id}')`)).toHaveLength(2);
});

test('a person reads what they looked at and searched for, page by page, and nobody else does', async () => {
  const person = user('usr_1');
  const at = (second: number) => new Date(Date.now() - 60_000 + second * 1_000).toISOString();
  await track(
    [
      tracked('title_view', { titleId: 'ttl_1', at: at(1) }),
      tracked('show_view', { titleId: 'ttl_2', at: at(2) }),
      tracked('search', { searchText: 'fargo', at: at(3) }),
      tracked('scrolled', { titleId: 'ttl_1', at: at(4) }),
    ],
    person,
  );
  await loaded();
  const first = await historyOf(person, { first: 2 });
  expect(first.edges.map(({ node }) => [node['kind'], node['title'], node['searchText']])).toEqual([
    ['SEARCH', null, 'fargo'],
    ['VIEW', { id: 'ttl_2' }, null],
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await historyOf(person, { first: 2, after: first.pageInfo.endCursor });
  expect(rest.edges.map(({ node }) => [node['kind'], node['title']])).toEqual([['VIEW', { id: 'ttl_1' }]]);
  for (const caller of [user('usr_2'), user('usr_admin', ['users:read', 'users:write'])]) {
    const { data, errors } = await execute(HISTORY, caller, { of: [{ __typename: 'User', id: 'usr_1' }] });
    expect([data, errors?.[0]?.extensions?.['code']]).toEqual([{ _entities: [{ history: null }] }, 'FORBIDDEN']);
  }
});

test('histories of several people take one statement', async () => {
  const entities =
    'a: _entities(representations: $of) { ... on User { history { edges { node { id title { id } } } } } }';
  const query = `query ($of: [_Any!]!) { ${entities} ${entities.replace('a:', 'b:')} }`;
  const sent = await statements.during(() =>
    execute(query, user('usr_1'), { of: [{ __typename: 'User', id: 'usr_1' }] }),
  );
  expect(sent.filter((text) => text.includes('listed_id'))).toHaveLength(1);
});

test('bookings are in the history and the funnel, in the visit in which their person came', async () => {
  const person = user('usr_buyer');
  const client = { visitorId: 'a browser' };
  const show = { titleId: 'ttl_9', showId: 'ber_shw_9' };
  await track([tracked('title_view', { ...client, titleId: 'ttl_9', cityId: 'cty_ber' })]);
  await track([tracked('seat_map_view', { ...client, ...show })], person);
  await loaded();
  const booking = { bookingId: 'ber_bkg_1', customerId: 'usr_buyer', showId: 'ber_shw_9' };
  const total = { amount: 1_000, currency: 'EUR' };
  const at = new Date().toISOString();
  await deliver('booking.requested', { ...booking, total, expiresAt: at, sale: null });
  const names = { titleName: 'Fargo', venueName: 'Kino', startsAt: at, timeZone: 'Europe/Berlin', seats: ['A1'] };
  await deliver('booking.confirmed', {
    ...{ ...booking, ...names, total, previousStatus: 'PENDING_PAYMENT', titleId: 'ttl_9', paymentId: 'pay_1' },
  });
  const { edges } = await historyOf(person);
  expect(edges[0]?.node).toMatchObject({ kind: 'BOOKING', title: { id: 'ttl_9' }, booking: { id: 'ber_bkg_1' } });
  const steps = ['title_view', 'seat_map_view', 'seats_held', 'booking_requested', 'booking_confirmed'];
  const { data } = await report(ANALYST, { steps, cityId: 'cty_ber' });
  expect(data).toMatchObject({
    eventFunnel: { steps: steps.map((name) => ({ name, visitors: 1, conversionPercent: 100 })) },
    liveTraffic: [{}, {}],
  });
  const traffic = (data as { liveTraffic: { bookings: number; visitors: number }[] }).liveTraffic;
  expect(traffic.reduce((sum, { bookings }) => sum + bookings, 0)).toBe(1);
  expect(traffic.at(-1)?.visitors).toBeGreaterThan(0);
});

test('an event that names only its show has the title that catalog scheduled for it', async () => {
  await deliver('catalog.shows-scheduled', {
    ...{ cityCode: 'lon', timeZone: 'Europe/London', country: 'GB', layoutId: 'lay_1', cancellationTiers: [] },
    ...{ screen: { id: 'scr_1', name: '1' }, venue: { id: 'ven_1', name: 'Rio', organisationId: 'org_1' } },
    ...{ title: { id: 'ttl_of_show', name: 'Fargo', kind: 'MOVIE' }, maxSeatsPerCustomer: null, transferable: true },
    ...{ salesOpenAt: null, admissionsPerMinute: null },
    shows: [
      {
        id: 'lon_shw_1',
        startsAt: new Date().toISOString(),
        endsAt: new Date().toISOString(),
        highDemand: false,
        tiers: [],
      },
    ],
  } as never);
  const event = tracked('show_view', { showId: 'lon_shw_1' });
  await track([event]);
  await loaded();
  expect(await rows(`SELECT title_id, city_code FROM events WHERE id = '${event.id}'`)).toEqual([
    { title_id: 'ttl_of_show', city_code: 'lon' },
  ]);
});

test('visits and sponsored cards are told to others, and those of suspects as such', async () => {
  await database.suspect.create({ data: { actorId: 'usr_bot' } });
  await database.suspect.create({ data: { actorId: 'usr_was_bot', until: new Date(Date.now() - 1_000) } });
  const view = tracked('title_view', { titleId: 'ttl_3', cityId: 'cty_lon' });
  const click = tracked('ad_click', { impressionToken: 'a-token' });
  await track([view, click, tracked('ad_impression')], user('usr_bot'));
  const later = tracked('search_click', { titleId: 'ttl_4' });
  await track([later], user('usr_was_bot'));
  await loaded();
  const told = await database.outboxEvent.findMany({ where: { type: { startsWith: 'activity.' } } });
  const entries = told.flatMap(({ payload }) => Object.values(payload as Record<string, unknown[]>).flat());
  const at = expect.any(String);
  expect(entries).toEqual(
    expect.arrayContaining([
      {
        ...{
          eventId: view.id,
          kind: 'TITLE_VIEW',
          userId: 'usr_bot',
          visitorId: at,
          titleId: 'ttl_3',
          cityCode: 'lon',
        },
        ...{ at: view['at'], suspicious: true },
      },
      {
        ...{ eventId: click.id, kind: 'CLICK', userId: 'usr_bot', visitorId: at, impressionToken: 'a-token' },
        ...{ at: click['at'], suspicious: true },
      },
      expect.objectContaining({ eventId: later.id, kind: 'SEARCH_CLICK', suspicious: false, cityCode: null }),
    ]),
  );
  expect(entries).not.toContainEqual(expect.objectContaining({ kind: 'IMPRESSION' }));
});

test('reports need the scope, and say which argument is wrong', async () => {
  const codes = async (caller: Caller, change: object = {}) => {
    const { errors = [] } = await report(caller, change);
    return [...new Set(errors.map(({ extensions }) => extensions?.['field'] ?? extensions?.['code']))];
  };
  expect(await codes(ANONYMOUS)).toEqual(['UNAUTHENTICATED']);
  expect(await codes(user('usr_partner', ['sales:read']))).toEqual(['FORBIDDEN']);
  expect(await codes(ANALYST, { minutes: 0 })).toEqual(['minutes']);
  expect(await codes(ANALYST, { minutes: 181 })).toEqual(['minutes']);
  expect(await codes(ANALYST, { cityId: 'London' })).toEqual(['cityId']);
  expect(await codes(ANALYST, { steps: [] })).toEqual(['steps']);
  expect(await codes(ANALYST, { to: '2020-01-01T00:00:00Z' })).toEqual(['to']);
  expect(await codes(ANALYST)).toEqual([]);
});
