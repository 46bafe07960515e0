import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { mutate, CREATE_TITLE, type Fixture, createFixture, schedule, titleInput } from './operations.ts';
import { openCatalog, type CatalogHarness } from './harness.ts';

interface Connection<Node> {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const CITIES = `query($search: String, $near: GeoPointInput, $first: Int, $after: String) {
  result: cities(search: $search, near: $near, first: $first, after: $after) {
    edges { cursor node { id name country timeZone currency location { latitude longitude } } }
    pageInfo { hasNextPage endCursor } } }`;

const NOW_SHOWING = `query($cityId: ID!, $date: Date, $kind: TitleKind, $first: Int!, $after: String) {
  result: nowShowing(cityId: $cityId, date: $date, kind: $kind, first: $first, after: $after) {
    totalCount edges { cursor node { __typename id name } } pageInfo { hasNextPage endCursor } } }`;

const SHOW_FIELDS = `id startsAt endsAt status screen { id name } venue { id name city { name } } title { id name }
  priceFrom { amount currency } priceTiers { name }`;

const TITLE = `query($id: ID!, $cityId: ID!, $date: Date!, $first: Int, $after: String) {
  result: title(id: $id) { id name shows(cityId: $cityId, date: $date, first: $first, after: $after) {
    edges { cursor node { ${SHOW_FIELDS} } } pageInfo { hasNextPage endCursor } } } }`;

const VENUE = `query($id: ID!, $date: Date!) {
  result: venue(id: $id) { id name organisation { id } city { name } screens { name capacity }
    shows(date: $date) { edges { node { ${SHOW_FIELDS} } } } } }`;

let harness: CatalogHarness;
let fixture: Fixture;
let concert: Named;
const EVENING = '2027-03-05T19:30:00.000Z';
const AFTER_MIDNIGHT = '2027-03-06T00:30:00.000Z';

beforeAll(async () => {
  harness = await openCatalog();
  fixture = await createFixture(harness, { name: 'The Prince Charles' });
  await schedule(harness, fixture, [EVENING, AFTER_MIDNIGHT]);
  const input = titleInput({ kind: 'LIVE_EVENT', name: 'Aphex Twin', performers: ['Aphex Twin'], director: null });
  concert = (await mutate(harness, CREATE_TITLE, input, fixture.owner)).title;
  const studio = { ...fixture, title: { ...fixture.title, ...concert }, screen: fixture.studio };
  await schedule(harness, studio, [EVENING], {
    tierPrices: [{ tierName: 'Standard', price: { amount: 4_500, currency: 'GBP' } }],
  });
});

/** The query's `result` field. Fails on errors. */
async function ask<T>(query: string, variables: Record<string, unknown>): Promise<T> {
  const { data, errors } = await harness.execute(query, ANONYMOUS, variables);
  expect(errors).toBeUndefined();
  return data?.['result'] as T;
}

const names = ({ edges }: Connection<Named>): string[] => edges.map(({ node }) => node.name);

test('cities are found by a prefix of the name, ignoring accents and case, and ranked by distance near a place', async () => {
  expect(names(await ask(CITIES, { search: 'LÓN' }))).toEqual(['London']);
  expect(names(await ask(CITIES, { search: 'nowhere at all' }))).toEqual([]);
  const auckland = { latitude: -36.9, longitude: 174.8 };
  const nearest = await ask<Connection<Named>>(CITIES, { near: auckland, first: 1 });
  expect(nearest).toMatchObject({ edges: [{ node: { name: 'Auckland' } }], pageInfo: { hasNextPage: true } });
  expect(names(await ask(CITIES, { near: auckland, after: nearest.pageInfo.endCursor }))).toEqual(['London']);
});

test('titles now showing are listed by name, and paging skips none', async () => {
  const first = await ask<Connection<Named>>(NOW_SHOWING, { cityId: 'cty_lon', first: 1 });
  expect(first).toMatchObject({
    totalCount: 2,
    edges: [{ node: { __typename: 'LiveEvent', name: 'Aphex Twin' } }],
    pageInfo: { hasNextPage: true },
  });
  const rest = await ask<Connection<Named>>(NOW_SHOWING, {
    cityId: 'cty_lon',
    first: 5,
    after: first.pageInfo.endCursor,
  });
  expect(rest).toMatchObject({
    edges: [{ node: { __typename: 'Movie', name: 'Metropolis' } }],
    pageInfo: { hasNextPage: false },
  });
});

test('titles now showing can be filtered by kind and by day in the city’s time zone', async () => {
  const on = (variables: object) => ask<Connection<Named>>(NOW_SHOWING, { cityId: 'cty_lon', first: 9, ...variables });
  expect(names(await on({ kind: 'MOVIE' }))).toEqual(['Metropolis']);
  expect(names(await on({ date: '2027-03-05' }))).toEqual(['Aphex Twin', 'Metropolis']);
  expect(names(await on({ date: '2027-03-06' }))).toEqual(['Metropolis']);
  expect(names(await on({ date: '2027-03-07' }))).toEqual([]);
  expect(await on({ cityId: 'cty_xyz' })).toBeNull();
});

test('days are local to the venue’s city: an evening in London is the next morning in Auckland', async () => {
  const away = await createFixture(harness, { name: 'The Civic', cityId: 'cty_akl' });
  const tierPrices = ['Standard', 'Premium'].map((tierName) => ({
    tierName,
    price: { amount: 2_000, currency: 'NZD' },
  }));
  await schedule(harness, away, [EVENING], { tierPrices });
  const on = (date: string) => ask<Connection<Named>>(NOW_SHOWING, { cityId: 'cty_akl', date, first: 9 });
  expect(names(await on('2027-03-05'))).toEqual([]);
  expect(names(await on('2027-03-06'))).toEqual(['Metropolis']);
});

test('titles whose shows have started are no longer listed, unless that day is requested', async () => {
  harness.clock.now = new Date('2027-03-05T20:00:00.000Z');
  try {
    expect(names(await ask(NOW_SHOWING, { cityId: 'cty_lon', first: 9 }))).toEqual(['Metropolis']);
    expect(names(await ask(NOW_SHOWING, { cityId: 'cty_lon', first: 9, date: '2027-03-05' }))).toHaveLength(2);
  } finally {
    harness.clock.now = new Date('2027-03-02T12:00:00.000Z');
  }
});

test('a title lists its shows of a day with venue and prices', async () => {
  const variables = { id: fixture.title.id, cityId: 'cty_lon', date: '2027-03-05' };
  expect(await ask(TITLE, variables)).toMatchObject({
    name: 'Metropolis',
    shows: {
      edges: [
        {
          node: {
            startsAt: EVENING,
            status: 'ON_SALE',
            screen: { name: 'Screen 1' },
            venue: { name: 'The Prince Charles', city: { name: 'London' } },
            priceFrom: { amount: 1_200, currency: 'GBP' },
            priceTiers: [{ name: 'Standard' }, { name: 'Premium' }],
          },
        },
      ],
    },
  });
  expect(await ask(TITLE, { ...variables, id: 'ttl_none' })).toBeNull();
});

test('paging through a title’s shows of a day skips none', async () => {
  const later = ['2027-03-10T10:00:00.000Z', '2027-03-10T14:00:00.000Z', '2027-03-10T18:00:00.000Z'];
  await schedule(harness, fixture, later);
  const variables = { id: fixture.title.id, cityId: 'cty_lon', date: '2027-03-10', first: 2 };
  type Page = { readonly shows: Connection<{ readonly startsAt: string }> };
  const first = await ask<Page>(TITLE, variables);
  const rest = await ask<Page>(TITLE, { ...variables, after: first.shows.pageInfo.endCursor });
  const starts = [first, rest].map(({ shows }) => shows.edges.map(({ node }) => node.startsAt));
  expect(starts).toEqual([later.slice(0, 2), later.slice(2)]);
});

test('a venue lists its screens, and its shows of a day by start', async () => {
  expect(await ask(VENUE, { id: fixture.venue.id, date: '2027-03-05' })).toMatchObject({
    name: 'The Prince Charles',
    city: { name: 'London' },
    screens: [
      { name: 'Screen 1', capacity: 15 },
      { name: 'Studio', capacity: 20 },
    ],
    shows: { edges: [{ node: { startsAt: EVENING } }, { node: { startsAt: EVENING } }] },
  });
  expect(await ask(VENUE, { id: 'ven_none', date: '2027-03-05' })).toBeNull();
});

test('a cancelled show has the status CANCELLED and no longer makes its title now showing', async () => {
  const [show] = await schedule(harness, fixture, ['2027-03-20T19:30:00.000Z']);
  const id = show?.id ?? '';
  const day = { cityId: 'cty_lon', date: '2027-03-20' };
  expect(names(await ask(NOW_SHOWING, { ...day, first: 9 }))).toEqual(['Metropolis']);
  await harness.database.show.updateMany({ where: { id }, data: { cancelledAt: harness.clock.now } });
  expect(await ask(TITLE, { ...day, id: fixture.title.id })).toMatchObject({
    shows: { edges: [{ node: { id, status: 'CANCELLED' } }] },
  });
  expect(names(await ask(NOW_SHOWING, { ...day, first: 9 }))).toEqual([]);
});

test('a show that booking reports as sold out has the status SOLD_OUT until seats are free again', async () => {
  const [show] = await schedule(harness, fixture, ['2027-03-22T19:30:00.000Z']);
  const showId = show?.id ?? '';
  const status = () => ask('query($id: ID!) { result: show(id: $id) { status } }', { id: showId });
  await harness.deliver('booking.show-availability-changed', { showId, soldOut: true });
  expect(await status()).toEqual({ status: 'SOLD_OUT' });
  await harness.deliver('booking.show-availability-changed', { showId, soldOut: false });
  expect(await status()).toEqual({ status: 'ON_SALE' });
});

test('the number of statements does not grow with the length of a list', async () => {
  const count = async (query: string, variables: Record<string, unknown>): Promise<number> =>
    (await harness.statements.during(() => ask(query, variables))).length;
  const titlePage = { id: fixture.title.id, cityId: 'cty_lon', date: '2027-03-10' };
  // The title, its shows; then their screens, venues and cities.
  expect(await count(TITLE, { ...titlePage, first: 1 })).toBe(5);
  expect(await count(TITLE, { ...titlePage, first: 3 })).toBe(5);
  // The venue, its city, screens and shows; then the shows' screens and titles.
  expect(await count(VENUE, { id: fixture.venue.id, date: '2027-03-05' })).toBe(6);
  // The city, its titles, and how many there are.
  expect(await count(NOW_SHOWING, { cityId: 'cty_lon', first: 1 })).toBe(3);
  expect(await count(NOW_SHOWING, { cityId: 'cty_lon', first: 50 })).toBe(3);
});

test('entity references of one type are loaded in one statement', async () => {
  const [one, two] = await schedule(harness, fixture, ['2027-03-21T10:00:00.000Z', '2027-03-21T16:00:00.000Z']);
  const representations = [one, two].map((show) => ({ __typename: 'Show', id: show?.id ?? '' }));
  const query = `query($of: [_Any!]!) { result: _entities(representations: $of) {
    ... on Show { startsAt title { name } venue { name } screen { name } } } }`;
  let found: unknown[] = [];
  const sent = await harness.statements.during(async () => {
    found = await ask<unknown[]>(query, { of: [...representations, { __typename: 'Show', id: 'lon_shw_none' }] });
  });
  expect(found).toMatchObject([{ title: { name: 'Metropolis' } }, { screen: { name: 'Screen 1' } }, null]);
  expect(sent).toHaveLength(4);
});

test('a city lists its venues by name, and paging skips none', async () => {
  const CITY = `query($id: ID!, $first: Int, $after: String) { result: city(id: $id) { name currency
    venues(first: $first, after: $after) { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } } }`;
  await createFixture(harness, { name: 'Art House', address: '1 High Street' });
  await createFixture(harness, { name: 'Zoo Palast', address: '2 High Street' });
  type Page = { readonly venues: Connection<Named> };
  const first = await ask<Page>(CITY, { id: 'cty_lon', first: 2 });
  expect(first).toMatchObject({ name: 'London', currency: 'GBP', venues: { pageInfo: { hasNextPage: true } } });
  const rest = await ask<Page>(CITY, { id: 'cty_lon', after: first.venues.pageInfo.endCursor });
  const listed = [...names(first.venues), ...names(rest.venues)];
  expect(listed).toEqual(['Art House', 'The Prince Charles', 'Zoo Palast']);
  expect(await ask(CITY, { id: 'cty_xyz' })).toBeNull();
});

test('titles of a kind are found by name, the best match first, whether or not they have shows', async () => {
  const TITLES = `query($search: String!, $kind: TitleKind, $first: Int, $after: String) {
    result: titles(search: $search, kind: $kind, first: $first, after: $after) {
      totalCount edges { cursor node { __typename id name } } pageInfo { hasNextPage endCursor } } }`;
  const find = (search: string, more: object = {}) => ask<Connection<Named>>(TITLES, { search, ...more });
  for (const name of ['Amélie', 'American Beauty', 'An American in Paris']) {
    await mutate(harness, CREATE_TITLE, titleInput({ name }), fixture.owner);
  }
  const american = await find('americ');
  expect(names(american)).toEqual(['American Beauty', 'An American in Paris']);
  expect(american.totalCount).toBe(2);
  expect(names(await find('AMELIE'))).toContain('Amélie');
  expect(names(await find('amerian beuty'))).toContain('American Beauty');
  expect(names(await find('a', { kind: 'LIVE_EVENT' }))).toEqual(['Aphex Twin']);
  const page = await find('am', { first: 1 });
  const rest = await find('am', { after: page.pageInfo.endCursor });
  expect([...names(page), ...names(rest)]).toEqual(names(await find('am')));
});

test('a title lists the days with shows in a city that are not cancelled', async () => {
  const DATES = `query($id: ID!, $cityId: ID!, $from: Date!, $to: Date!) {
    result: title(id: $id) { showDates(cityId: $cityId, from: $from, to: $to) } }`;
  const other = await createFixture(harness, { name: 'Dates', address: '3 High Street' });
  const shows = await schedule(harness, other, [
    '2027-04-01T18:00:00.000Z',
    '2027-04-01T22:00:00.000Z',
    '2027-04-03T18:00:00.000Z',
    '2027-04-05T23:30:00.000Z',
  ]);
  const dates = (cityId = 'cty_lon') =>
    ask(DATES, { id: other.title.id, cityId, from: '2027-04-01', to: '2027-04-06' });
  // The last starts after midnight in London, where clocks have gone forward.
  expect(await dates()).toEqual({ showDates: ['2027-04-01', '2027-04-03', '2027-04-06'] });
  await harness.database.show.updateMany({ where: { id: shows[2]?.id ?? '' }, data: { cancelledAt: new Date() } });
  expect(await dates()).toEqual({ showDates: ['2027-04-01', '2027-04-06'] });
  expect(await dates('cty_akl')).toEqual({ showDates: [] });
});
