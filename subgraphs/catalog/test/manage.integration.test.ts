import { ANONYMOUS } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import {
  mutate,
  CREATE_TITLE,
  CREATE_VENUE,
  createFixture,
  SCHEDULE_SHOWS,
  scheduleInput,
  titleInput,
  venueInput,
} from './operations.ts';
import { admin, openCatalog, NOON, organisationOf, partner, type CatalogHarness } from './harness.ts';

let harness: CatalogHarness;
beforeAll(async () => {
  harness = await openCatalog();
});

test('a venue is created with its screens, and their seat layouts are published', async () => {
  const before = (await harness.emitted('catalog.layout-published')).length;
  const { __typename, venue } = await mutate(harness, CREATE_VENUE, venueInput({ name: 'The Rio' }), partner());
  expect(__typename).toBe('CreateVenuePayload');
  expect(venue).toMatchObject({
    name: 'The Rio',
    city: { id: 'cty_lon', name: 'London' },
    amenities: ['Bar', 'Step-free access'],
  });
  expect(venue.screens).toMatchObject([
    { name: 'Screen 1', capacity: 15 },
    { name: 'Studio', capacity: 20 },
  ]);
  const published = (await harness.emitted('catalog.layout-published')).slice(before);
  expect(published).toMatchObject([
    { screenId: venue.screens[0]?.id, cityCode: 'lon', sections: [{ tierName: 'Standard' }, { tierName: 'Premium' }] },
    { screenId: venue.screens[1]?.id, cityCode: 'lon', sections: [{ name: 'Hall', rows: [{ label: 'A' }] }] },
  ]);
  const seats = published.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats)));
  expect(new Set(seats.map(({ id }) => id)).size).toBe(35);
  expect(seats.filter(({ accessible }) => accessible).map(({ number }) => number)).toEqual([1, 4]);
});

test('everybody reads the price tiers of screens, all of them by one statement', async () => {
  const { venue } = await mutate(harness, CREATE_VENUE, venueInput({ name: 'The Lexi' }), partner());
  const query = 'query($id: ID!) { venue(id: $id) { screens { name tierNames } } }';
  const answers: object[] = [];
  const sent = await harness.statements.during(async () => {
    answers.push(await harness.execute(query, ANONYMOUS, { id: venue.id }));
  });
  expect(answers).toMatchObject([
    { data: { venue: { screens: [{ tierNames: ['Standard', 'Premium'] }, { tierNames: [expect.any(String)] }] } } },
  ]);
  expect(sent.filter((sql) => sql.includes('tier_names'))).toHaveLength(1);
});

test('a venue of the same name and address is not created twice, not even by another partner', async () => {
  const input = venueInput({ name: 'The Phoenix', address: '52 High Road' });
  const { venue } = await mutate(harness, CREATE_VENUE, input, partner());
  const again = await mutate(harness, CREATE_VENUE, { ...input, name: 'THE phoenix' }, partner());
  expect(again).toMatchObject({ __typename: 'VenueExistsError', existingVenue: { id: venue.id } });
  expect(again.message).not.toBe('');
});

test('a venue belongs to the organisation that its owner manages, and to nobody else’s', async () => {
  const owner = partner();
  const create = async (input: object) => {
    const { data, errors } = await harness.execute(CREATE_VENUE, owner, { input: venueInput(input) });
    const { venue } = (data?.['result'] ?? {}) as { venue?: { id: string } };
    const row = venue && (await harness.database.venue.findUnique({ where: { id: venue.id } }));
    return row?.organisationId ?? errors?.[0]?.extensions;
  };
  harness.organisations.set(owner.userId, [
    { organisationId: 'org_a', role: 'MANAGER' },
    { organisationId: 'org_b', role: 'OWNER' },
    { organisationId: 'org_c', role: 'FINANCE' },
  ]);
  expect(await create({ name: 'Org A', organisationId: 'org_a' })).toBe('org_a');
  expect(await create({ name: 'Org C', organisationId: 'org_c' })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await create({ name: 'Org D', organisationId: 'org_d' })).toMatchObject({ code: 'FORBIDDEN' });
  const choose = { code: 'BAD_USER_INPUT', field: 'input.organisationId' };
  expect(await create({ name: 'Org?' })).toMatchObject(choose);
  harness.organisations.set(owner.userId, [{ organisationId: 'org_c', role: 'OWNER' }]);
  expect(await create({ name: 'The only one' })).toBe('org_c');
  harness.organisations.set(owner.userId, []);
  expect(await create({ name: 'None' })).toMatchObject(choose);
});

test('films and live events are titles of different types', async () => {
  const film = await mutate(harness, CREATE_TITLE, titleInput({ name: 'Nosferatu' }), partner());
  expect(film.title).toMatchObject({ __typename: 'Movie', name: 'Nosferatu' });
  const concert = titleInput({ kind: 'LIVE_EVENT', name: 'Nils Frahm', performers: ['Nils Frahm'], director: null });
  const { title } = await mutate(harness, CREATE_TITLE, concert, partner());
  const { data } = await harness.execute(
    `query($id: ID!, $film: ID!) {
      title(id: $id) { __typename name ... on LiveEvent { performers } }
      film: title(id: $film) { releaseDate ageRating languages genres durationMinutes description posterUrl ... on Movie { director } }
    }`,
    ANONYMOUS,
    { id: title.id, film: film.title.id },
  );
  expect(data).toEqual({
    title: { __typename: 'LiveEvent', name: 'Nils Frahm', performers: ['Nils Frahm'] },
    film: {
      releaseDate: '1927-01-10',
      ageRating: 'PG',
      languages: ['German', 'English'],
      genres: ['Science Fiction'],
      durationMinutes: 150,
      description: 'A city of two heights.',
      posterUrl: null,
      director: 'Fritz Lang',
    },
  });
});

test('a film of the same name and release date is not created twice; a remake and events of that name are', async () => {
  const input = titleInput({ name: 'Amélie', releaseDate: '2001-04-25' });
  const { title } = await mutate(harness, CREATE_TITLE, input, partner());
  const again = await mutate(harness, CREATE_TITLE, { ...input, name: 'amelie' }, partner());
  expect(again).toMatchObject({ __typename: 'TitleExistsError', existingTitle: { id: title.id } });
  for (const change of [{ releaseDate: '2031-04-25' }, { kind: 'LIVE_EVENT' }, { kind: 'LIVE_EVENT' }]) {
    expect(await mutate(harness, CREATE_TITLE, { ...input, ...change }, partner())).toMatchObject({
      __typename: 'CreateTitlePayload',
    });
  }
});

test('shows go on sale, are returned by start, and emitted with everything that booking needs', async () => {
  const { owner, venue, title, screen } = await createFixture(harness, { name: 'The Castle' });
  const startsAt = ['2027-03-06T19:30:00.000Z', '2027-03-05T19:30:00.000Z'];
  const terms = { highDemand: true, maxSeatsPerCustomer: 4, transferable: false, admissionsPerMinute: 60 };
  const input = scheduleInput(title.id, screen.id, { startsAt, ...terms });
  const { shows } = await mutate(harness, SCHEDULE_SHOWS, input, owner);
  expect(shows).toMatchObject([
    {
      startsAt: '2027-03-05T19:30:00.000Z',
      endsAt: '2027-03-05T22:00:00.000Z',
      language: 'German',
      format: '2D',
      status: 'ON_SALE',
      highDemand: true,
      transferable: false,
      priceFrom: { amount: 1_200, currency: 'GBP' },
      priceTiers: [{ name: 'Standard' }, { name: 'Premium', price: { amount: 1_800, currency: 'GBP' } }],
      cancellationPolicy: {
        summary: 'Full refund until 24 hours before the start, 50% refund until 2 hours before the start, then none.',
        tiers: [
          { hoursBefore: 24, refundPercent: 100 },
          { hoursBefore: 2, refundPercent: 50 },
        ],
      },
      screen: { id: screen.id },
      venue: { id: venue.id },
      title: { id: title.id },
    },
    { startsAt: '2027-03-06T19:30:00.000Z' },
  ]);
  for (const { id } of shows) expect(id).toMatch(/^lon_shw_[0-9a-f]{32}$/);
  const event = (await harness.emitted('catalog.shows-scheduled')).at(-1);
  expect(event).toMatchObject({
    cityCode: 'lon',
    timeZone: 'Europe/London',
    country: 'GB',
    ...{ language: 'German', format: '2D' },
    ...{ maxSeatsPerCustomer: 4, transferable: false, admissionsPerMinute: 60 },
    screen: { id: screen.id, name: 'Screen 1' },
    venue: { id: venue.id, name: 'The Castle', organisationId: organisationOf(owner.userId) },
    title: { id: title.id, name: 'Metropolis', kind: 'MOVIE' },
    shows: shows.map(({ id, priceTiers }, index) => ({
      id,
      startsAt: startsAt.toSorted()[index],
      highDemand: true,
      tiers: priceTiers,
    })),
  });
  const layouts = await harness.emitted('catalog.layout-published');
  expect(layouts.find(({ screenId }) => screenId === screen.id)?.layoutId).toBe(event?.layoutId);
});

test('sales of a show open when its organiser says', async () => {
  const { owner, title, screen } = await createFixture(harness, { name: 'The Phoenix' });
  const salesOpenAt = '2027-03-04T09:00:00.000Z';
  const input = scheduleInput(title.id, screen.id, { salesOpenAt });
  const scheduled = await mutate(harness, SCHEDULE_SHOWS, input, owner);
  expect(scheduled).toMatchObject({ shows: [{ status: 'SCHEDULED', salesOpenAt }] });
  expect((await harness.emitted('catalog.shows-scheduled')).at(-1)).toMatchObject({ salesOpenAt });
});

test('an administrator can schedule shows at any venue', async () => {
  const { title, screen } = await createFixture(harness, { name: 'The Regal' });
  const scheduled = await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id), admin());
  expect(scheduled.__typename).toBe('ScheduleShowsPayload');
});

test('visitors, customers and services cannot change the catalog', async () => {
  const { title, screen } = await createFixture(harness, { name: 'The Scala' });
  const attempts = [
    [CREATE_VENUE, venueInput({ name: 'Not Allowed' })],
    [CREATE_TITLE, titleInput({ name: 'Not Allowed' })],
    [SCHEDULE_SHOWS, scheduleInput(title.id, screen.id)],
  ] as const;
  const callers = [
    [ANONYMOUS, 'UNAUTHENTICATED'],
    [userCaller(), 'FORBIDDEN'],
    [{ kind: 'service', name: 'booking' }, 'FORBIDDEN'],
  ] as const;
  const before = await counts();
  for (const [query, input] of attempts) {
    for (const [caller, code] of callers) {
      const { errors } = await harness.execute(query, caller, { input });
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  }
  expect(await counts()).toEqual(before);
});

test('a partner cannot schedule shows at another partner’s venue', async () => {
  const { title, screen } = await createFixture(harness, { name: 'The Tivoli' });
  const before = await counts();
  const { errors } = await harness.execute(SCHEDULE_SHOWS, partner(), { input: scheduleInput(title.id, screen.id) });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(await counts()).toEqual(before);
});

test('unknown and malformed ids are NOT_FOUND', async () => {
  const { owner, title, screen } = await createFixture(harness, { name: 'The Coronet' });
  const before = await counts();
  const impossible = '\u0001';
  const inputs = [
    [CREATE_VENUE, venueInput({ cityId: 'cty_xyz' })],
    [CREATE_VENUE, venueInput({ cityId: 'lon' })],
    [CREATE_VENUE, venueInput({ cityId: impossible })],
    [SCHEDULE_SHOWS, scheduleInput('ttl_none', screen.id)],
    [SCHEDULE_SHOWS, scheduleInput(impossible, screen.id)],
    [SCHEDULE_SHOWS, scheduleInput(title.id, 'scr_none')],
    [SCHEDULE_SHOWS, scheduleInput(title.id, impossible)],
  ] as const;
  for (const [query, input] of inputs) {
    const { errors } = await harness.execute(query, owner, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  }
  expect(await counts()).toEqual(before);
  expect(harness.logged).toEqual([]);
});

test('a screen is kept free for cleaning; a conflict names the other show and schedules nothing', async () => {
  const { owner, title, screen, studio } = await createFixture(harness, { name: 'The Ritzy' });
  const [first] = (await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id), owner)).shows;
  const before = await counts();
  // The first show ends at 22:00 and the screen is free from 22:15 on.
  const tooSoon = { startsAt: ['2027-03-05T22:14:00.000Z', '2027-03-09T10:00:00.000Z'] };
  const refused = await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id, tooSoon), owner);
  expect(refused).toMatchObject({ __typename: 'ScreenConflictError', conflictingShow: { id: first?.id } });
  expect(await counts()).toEqual(before);
  const inTime = { startsAt: ['2027-03-05T22:15:00.000Z'] };
  const { __typename } = await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id, inTime), owner);
  expect(__typename).toBe('ScheduleShowsPayload');
  const standard = [{ tierName: 'Standard', price: { amount: 900, currency: 'GBP' } }];
  const onOtherScreen = scheduleInput(title.id, studio.id, { tierPrices: standard });
  expect((await mutate(harness, SCHEDULE_SHOWS, onOtherScreen, owner)).__typename).toBe('ScheduleShowsPayload');
});

test('a cancelled show frees its screen', async () => {
  const { owner, title, screen } = await createFixture(harness, { name: 'The Forum' });
  const [show] = (await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id), owner)).shows;
  await harness.database.show.updateMany({ where: { id: show?.id ?? '' }, data: { cancelledAt: NOON } });
  const again = await mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id), owner);
  expect(again.__typename).toBe('ScheduleShowsPayload');
});

/** Row counts of every table that a mutation writes. */
async function counts() {
  const { database } = harness;
  const tables = [database.venue, database.screen, database.seatLayout, database.title, database.show];
  return Promise.all([
    ...tables.map((table) => (table.count as () => Promise<number>)()),
    database.outboxEvent.count(),
  ]);
}
