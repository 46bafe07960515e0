import { beforeAll, expect, test } from 'vitest';

import { answer, CREATE_TITLE, type House, houseOf, schedule, titleInput } from './operations.ts';
import { catalogStage, type Stage } from './stage.ts';

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
  result: venue(id: $id) { id name city { name } screens { name capacity }
    shows(date: $date) { edges { node { ${SHOW_FIELDS} } } } } }`;

let stage: Stage;
let house: House;
let concert: Named;
const EVENING = '2027-03-05T19:30:00.000Z';
const AFTER_MIDNIGHT = '2027-03-06T00:30:00.000Z';

beforeAll(async () => {
  stage = await catalogStage();
  house = await houseOf(stage, { name: 'The Prince Charles' });
  await schedule(stage, house, [EVENING, AFTER_MIDNIGHT]);
  const input = titleInput({ kind: 'LIVE_EVENT', name: 'Aphex Twin', performers: ['Aphex Twin'], director: null });
  concert = (await answer(stage, CREATE_TITLE, input, house.owner)).title;
  const studio = { ...house, title: { ...house.title, ...concert }, screen: house.studio };
  await schedule(stage, studio, [EVENING], {
    tierPrices: [{ tierName: 'Standard', price: { amount: 4_500, currency: 'GBP' } }],
  });
});

/** The query's field, with no error beside it. */
async function ask<T>(query: string, variables: object): Promise<T> {
  const { data, errors } = await stage.execute(query, variables);
  expect(errors).toBeUndefined();
  return data?.['result'] as T;
}

const names = ({ edges }: Connection<Named>): string[] => edges.map(({ node }) => node.name);

test('cities are found by the start of a name, accents and case aside, and the nearest first by place', async () => {
  expect(names(await ask(CITIES, { search: 'LÓN' }))).toEqual(['London']);
  expect(names(await ask(CITIES, { search: 'nowhere at all' }))).toEqual([]);
  const auckland = { latitude: -36.9, longitude: 174.8 };
  const nearest = await ask<Connection<Named>>(CITIES, { near: auckland, first: 1 });
  expect(nearest).toMatchObject({ edges: [{ node: { name: 'Auckland' } }], pageInfo: { hasNextPage: true } });
  expect(names(await ask(CITIES, { near: auckland, after: nearest.pageInfo.endCursor }))).toEqual(['London']);
});

test('what is showing is listed by name, in pages that leave nothing out', async () => {
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

test('what is showing can be narrowed to a kind and to a day of the city’s own calendar', async () => {
  const on = (variables: object) => ask<Connection<Named>>(NOW_SHOWING, { cityId: 'cty_lon', first: 9, ...variables });
  expect(names(await on({ kind: 'MOVIE' }))).toEqual(['Metropolis']);
  expect(names(await on({ date: '2027-03-05' }))).toEqual(['Aphex Twin', 'Metropolis']);
  expect(names(await on({ date: '2027-03-06' }))).toEqual(['Metropolis']);
  expect(names(await on({ date: '2027-03-07' }))).toEqual([]);
  expect(await on({ cityId: 'cty_xyz' })).toBeNull();
});

test('a day is that of the venue’s city: on the other side of the world the same evening is tomorrow’s morning', async () => {
  const away = await houseOf(stage, { name: 'The Civic', cityId: 'cty_akl' });
  const tierPrices = ['Standard', 'Premium'].map((tierName) => ({
    tierName,
    price: { amount: 2_000, currency: 'NZD' },
  }));
  await schedule(stage, away, [EVENING], { tierPrices });
  const on = (date: string) => ask<Connection<Named>>(NOW_SHOWING, { cityId: 'cty_akl', date, first: 9 });
  expect(names(await on('2027-03-05'))).toEqual([]);
  expect(names(await on('2027-03-06'))).toEqual(['Metropolis']);
});

test('shows that have begun are showing no more, unless their day is asked for', async () => {
  stage.clock.now = new Date('2027-03-05T20:00:00.000Z');
  try {
    expect(names(await ask(NOW_SHOWING, { cityId: 'cty_lon', first: 9 }))).toEqual(['Metropolis']);
    expect(names(await ask(NOW_SHOWING, { cityId: 'cty_lon', first: 9, date: '2027-03-05' }))).toHaveLength(2);
  } finally {
    stage.clock.now = new Date('2027-03-02T12:00:00.000Z');
  }
});

test('a title’s page has its shows of a day, with where and for how much', async () => {
  const variables = { id: house.title.id, cityId: 'cty_lon', date: '2027-03-05' };
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

test('pages of a day’s shows are of one size for every title, and hold all of it', async () => {
  const later = ['2027-03-10T10:00:00.000Z', '2027-03-10T14:00:00.000Z', '2027-03-10T18:00:00.000Z'];
  await schedule(stage, house, later);
  const variables = { id: house.title.id, cityId: 'cty_lon', date: '2027-03-10', first: 2 };
  type Page = { readonly shows: Connection<{ readonly startsAt: string }> };
  const first = await ask<Page>(TITLE, variables);
  const rest = await ask<Page>(TITLE, { ...variables, after: first.shows.pageInfo.endCursor });
  const starts = [first, rest].map(({ shows }) => shows.edges.map(({ node }) => node.startsAt));
  expect(starts).toEqual([later.slice(0, 2), later.slice(2)]);
});

test('a venue’s page has its screens and all of its shows of a day, by start', async () => {
  expect(await ask(VENUE, { id: house.venue.id, date: '2027-03-05' })).toMatchObject({
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

test('a cancelled show is told as cancelled, and makes its title showing no more', async () => {
  const [show] = await schedule(stage, house, ['2027-03-20T19:30:00.000Z']);
  const id = show?.id ?? '';
  const day = { cityId: 'cty_lon', date: '2027-03-20' };
  expect(names(await ask(NOW_SHOWING, { ...day, first: 9 }))).toEqual(['Metropolis']);
  await stage.database.show.updateMany({ where: { id }, data: { cancelledAt: stage.clock.now } });
  expect(await ask(TITLE, { ...day, id: house.title.id })).toMatchObject({
    shows: { edges: [{ node: { id, status: 'CANCELLED' } }] },
  });
  expect(names(await ask(NOW_SHOWING, { ...day, first: 9 }))).toEqual([]);
});

test('listings send a fixed number of statements, however long they are', async () => {
  const count = async (query: string, variables: object): Promise<number> =>
    (await stage.statements.during(() => ask(query, variables))).length;
  const titlePage = { id: house.title.id, cityId: 'cty_lon', date: '2027-03-10' };
  // The title, its shows; then their screens, venues and cities.
  expect(await count(TITLE, { ...titlePage, first: 1 })).toBe(5);
  expect(await count(TITLE, { ...titlePage, first: 3 })).toBe(5);
  // The venue, its city, screens and shows; then the shows' screens and titles.
  expect(await count(VENUE, { id: house.venue.id, date: '2027-03-05' })).toBe(6);
  // The city, its titles, and how many there are.
  expect(await count(NOW_SHOWING, { cityId: 'cty_lon', first: 1 })).toBe(3);
  expect(await count(NOW_SHOWING, { cityId: 'cty_lon', first: 50 })).toBe(3);
});

test('entity references of each kind are one statement, however many there are', async () => {
  const [one, two] = await schedule(stage, house, ['2027-03-21T10:00:00.000Z', '2027-03-21T16:00:00.000Z']);
  const representations = [one, two].map((show) => ({ __typename: 'Show', id: show?.id ?? '' }));
  const query = `query($of: [_Any!]!) { result: _entities(representations: $of) {
    ... on Show { startsAt title { name } venue { name } screen { name } } } }`;
  let found: unknown[] = [];
  const sent = await stage.statements.during(async () => {
    found = await ask<unknown[]>(query, { of: [...representations, { __typename: 'Show', id: 'lon_shw_none' }] });
  });
  expect(found).toMatchObject([{ title: { name: 'Metropolis' } }, { screen: { name: 'Screen 1' } }, null]);
  expect(sent).toHaveLength(4);
});
