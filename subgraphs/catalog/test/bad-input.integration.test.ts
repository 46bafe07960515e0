import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  CREATE_TITLE,
  CREATE_VENUE,
  type Fixture,
  createFixture,
  SCHEDULE_SHOWS,
  scheduleInput,
  titleInput,
  venueInput,
} from './operations.ts';
import { openCatalog, type CatalogHarness } from './harness.ts';

let harness: CatalogHarness;
let fixture: Fixture;
beforeAll(async () => {
  harness = await openCatalog();
  fixture = await createFixture(harness);
});

const row = (change: object = {}) => ({ label: 'A', seatCount: 10, ...change });
const section = (change: object = {}) => ({ name: 'Stalls', tierName: 'Standard', rows: [row()], ...change });
const screen = (change: object = {}) => ({ name: 'Screen 1', sections: [section()], ...change });
const oneScreen = (change: object) => ({ screens: [screen(change)] });
const oneRow = (change: object) => oneScreen({ sections: [section({ rows: [row(change)] })] });
const many = (count: number, thing: unknown) => Array.from({ length: count }, () => thing);

const VENUES: readonly [problem: string, field: string, change: object][] = [
  ['a blank name', 'input.name', { name: '  ' }],
  ['a name that is too long', 'input.name', { name: 'x'.repeat(121) }],
  ['a name with a NUL', 'input.name', { name: 'The\u0000Electric' }],
  ['a name with a lone surrogate', 'input.name', { name: 'The \ud83c Electric' }],
  ['a blank address', 'input.address', { address: '' }],
  ['a latitude out of range', 'input.location.latitude', { location: { latitude: 90.1, longitude: 0 } }],
  ['a longitude out of range', 'input.location.longitude', { location: { latitude: 0, longitude: -180.5 } }],
  ['a blank amenity', 'input.amenities.1', { amenities: ['Bar', ' '] }],
  ['too many amenities', 'input.amenities', { amenities: many(51, 'Bar') }],
  ['no screens', 'input.screens', { screens: [] }],
  ['too many screens', 'input.screens', { screens: many(51, screen()) }],
  ['two screens with the same name', 'input.screens.1.name', { screens: [screen(), screen({ name: 'SCREEN 1' })] }],
  ['no sections', 'input.screens.0.sections', oneScreen({ sections: [] })],
  [
    'two sections with the same name',
    'input.screens.0.sections.1.name',
    oneScreen({ sections: [section(), section()] }),
  ],
  ['a blank tier name', 'input.screens.0.sections.0.tierName', oneScreen({ sections: [section({ tierName: '' })] })],
  ['no rows', 'input.screens.0.sections.0.rows', oneScreen({ sections: [section({ rows: [] })] })],
  [
    'standing places in a section with rows',
    'input.screens.0.sections.0.rows',
    oneScreen({ sections: [section({ standingCapacity: 100 })] }),
  ],
  [
    'no standing places',
    'input.screens.0.sections.0.standingCapacity',
    oneScreen({ sections: [section({ rows: [], standingCapacity: 0 })] }),
  ],
  [
    'more standing places than a screen can have',
    'input.screens.0.sections',
    oneScreen({ sections: ['A', 'B'].map((name) => section({ name, rows: [], standingCapacity: 30_001 })) }),
  ],
  ['a blank row label', 'input.screens.0.sections.0.rows.0.label', oneRow({ label: '' })],
  [
    'two rows with the same label',
    'input.screens.0.sections.0.rows.1.label',
    oneScreen({ sections: [section({ rows: [row(), row({ label: 'a' })] })] }),
  ],
  ['a row without seats', 'input.screens.0.sections.0.rows.0.seatCount', oneRow({ seatCount: 0 })],
  ['a row with a negative number of seats', 'input.screens.0.sections.0.rows.0.seatCount', oneRow({ seatCount: -3 })],
  ['a row of more than 500 seats', 'input.screens.0.sections.0.rows.0.seatCount', oneRow({ seatCount: 501 })],
  [
    'an accessible seat outside the row',
    'input.screens.0.sections.0.rows.0.accessibleSeats',
    oneRow({ accessibleSeats: [11] }),
  ],
  ['an accessible seat 0', 'input.screens.0.sections.0.rows.0.accessibleSeats', oneRow({ accessibleSeats: [0] })],
  [
    'an accessible seat listed twice',
    'input.screens.0.sections.0.rows.0.accessibleSeats',
    oneRow({ accessibleSeats: [2, 2] }),
  ],
  [
    'more seats than a screen can have',
    'input.screens.0.sections',
    oneScreen({ sections: [section({ rows: labelled(21, 500) })] }),
  ],
];

function labelled(rows: number, seatCount: number) {
  return Array.from({ length: rows }, (_, index) => row({ label: `R${index}`, seatCount }));
}

const TITLES: readonly [problem: string, field: string, change: object][] = [
  ['a blank name', 'input.name', { name: '' }],
  ['a blank description', 'input.description', { description: '\n' }],
  ['a description that is too long', 'input.description', { description: 'x'.repeat(5_001) }],
  ['no language', 'input.languages', { languages: [] }],
  ['a blank language', 'input.languages.0', { languages: [''] }],
  ['too many genres', 'input.genres', { genres: many(21, 'Drama') }],
  ['no duration', 'input.durationMinutes', { durationMinutes: 0 }],
  ['a negative duration', 'input.durationMinutes', { durationMinutes: -90 }],
  ['a duration of more than a day', 'input.durationMinutes', { durationMinutes: 1_441 }],
  ['a blank age rating', 'input.ageRating', { ageRating: '' }],
  ['a release in the year 0', 'input.releaseDate', { releaseDate: '0000-01-01' }],
  ['a release on an invalid date', 'input.releaseDate', { releaseDate: '2027-02-30' }],
  ['a blank director', 'input.director', { director: ' ' }],
  ['too many performers', 'input.performers', { performers: many(101, 'A') }],
  ['a poster without https', 'input.posterUrl', { posterUrl: 'http://example.com/poster.jpg' }],
  ['a poster with a javascript: URL', 'input.posterUrl', { posterUrl: 'javascript:alert(1)' }],
];

const price = (amount: number, currency = 'GBP') => ({ amount, currency });
const prices = (standard: object, premium: object = price(1_800)) => ({
  tierPrices: [
    { tierName: 'Standard', price: standard },
    { tierName: 'Premium', price: premium },
  ],
});
const policy = (...tiers: [hoursBefore: number, refundPercent: number][]) => ({
  cancellationPolicy: { tiers: tiers.map(([hoursBefore, refundPercent]) => ({ hoursBefore, refundPercent })) },
});
const FUTURE = '2027-03-05T19:30:00.000Z';

const SHOWS: readonly [problem: string, field: string, change: object][] = [
  ['no start time', 'input.startsAt', { startsAt: [] }],
  ['more than 100 start times', 'input.startsAt', { startsAt: many(101, FUTURE) }],
  ['a start that is not a time', 'input.startsAt.1', { startsAt: [FUTURE, 'at eight'] }],
  ['a start in the past', 'input.startsAt.1', { startsAt: [FUTURE, '2027-03-02T11:59:00.000Z'] }],
  ['a start right now', 'input.startsAt.0', { startsAt: ['2027-03-02T12:00:00.000Z'] }],
  ['sales that open when the show starts', 'input.salesOpenAt', { startsAt: [FUTURE], salesOpenAt: FUTURE }],
  ['a start too far in the future', 'input.startsAt.0', { startsAt: ['9999-12-31T23:59:59.999Z'] }],
  ['two starts too close together', 'input.startsAt', { startsAt: [FUTURE, '2027-03-05T22:14:59.000Z'] }],
  ['the same start twice', 'input.startsAt', { startsAt: [FUTURE, FUTURE] }],
  ['a blank language', 'input.language', { language: '' }],
  ['a blank format', 'input.format', { format: ' ' }],
  ['no prices', 'input.tierPrices', { tierPrices: [] }],
  ['a tier without a price', 'input.tierPrices', { tierPrices: [{ tierName: 'Standard', price: price(900) }] }],
  [
    'a tier that the screen lacks',
    'input.tierPrices.2.tierName',
    { tierPrices: [...prices(price(900)).tierPrices, { tierName: 'Box', price: price(900) }] },
  ],
  [
    'two prices of a tier',
    'input.tierPrices.1.tierName',
    { tierPrices: many(2, { tierName: 'Standard', price: price(900) }) },
  ],
  ['a price of zero', 'input.tierPrices.0.price.amount', prices(price(0))],
  ['a price above the limit', 'input.tierPrices.1.price.amount', prices(price(900), price(100_000_000_001))],
  ['a negative price', 'input.tierPrices.1.price.amount', prices(price(900), price(-1))],
  ['an unknown currency', 'input.tierPrices.0.price.currency', prices(price(900, 'ZZZ'))],
  ['a lower-case currency', 'input.tierPrices.0.price.currency', prices(price(900, 'gbp'))],
  ['another currency than the city’s', 'input.tierPrices.0.price.currency', prices(price(900, 'EUR'))],
  ['a refund above 100 percent', 'input.cancellationPolicy.tiers.0.refundPercent', policy([24, 101])],
  ['a negative refund', 'input.cancellationPolicy.tiers.0.refundPercent', policy([24, -1])],
  ['a deadline after the start', 'input.cancellationPolicy.tiers.1.hoursBefore', policy([24, 100], [-0.5, 50])],
  ['a deadline more than a year ahead', 'input.cancellationPolicy.tiers.0.hoursBefore', policy([8_761, 100])],
  ['two steps with the same deadline', 'input.cancellationPolicy.tiers', policy([24, 100], [24, 50])],
  ['a refund that increases closer to the show', 'input.cancellationPolicy.tiers', policy([24, 50], [2, 100])],
  ['a limit of no seats', 'input.maxSeatsPerCustomer', { maxSeatsPerCustomer: 0 }],
  ['a limit above a hundred seats', 'input.maxSeatsPerCustomer', { maxSeatsPerCustomer: 101 }],
  ['a waiting room that admits nobody', 'input.admissionsPerMinute', { admissionsPerMinute: 0 }],
  ['too many steps', 'input.cancellationPolicy.tiers', policy(...(many(11, [1, 1]) as [number, number][]))],
];

describe.each([
  ['createVenue', CREATE_VENUE, VENUES, (change: object) => venueInput({ name: 'New', ...change })],
  ['createTitle', CREATE_TITLE, TITLES, (change: object) => titleInput({ name: 'New', ...change })],
  [
    'scheduleShows',
    SCHEDULE_SHOWS,
    SHOWS,
    (change: object) => scheduleInput(fixture.title.id, fixture.screen.id, change),
  ],
] as const)('%s', (_name, mutation, cases, inputOf) => {
  test.each(cases)('rejects %s, names the field and changes nothing', async (_problem, field, change) => {
    const before = await counts();
    const { errors } = await harness.execute(mutation, fixture.owner, { input: inputOf(change) });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(await counts()).toEqual(before);
  });
});

const TITLE_SHOWS =
  'query($id: ID!, $date: Date!, $first: Int, $after: String) { title(id: $id) { shows(cityId: "cty_lon", date: $date, first: $first, after: $after) { edges { node { id } } } } }';
const cursor = (...key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

test.each([
  ['a page size above the limit', 'first', { first: 101 }],
  ['a negative page size', 'first', { first: -1 }],
  ['a malformed cursor', 'after', { after: 'x' }],
  ['a cursor of another list', 'after', { after: cursor(1, 'london', 'lon') }],
  ['a cursor with an invalid time', 'after', { after: cursor('soon', 'lon_shw_1') }],
  ['a cursor with a time out of range', 'after', { after: cursor('+275760-09-13T00:00:00.000Z', 'lon_shw_1') }],
  ['a cursor with a NUL', 'after', { after: cursor('2027-03-05T19:30:00.000Z', '\u0000') }],
  ['a day of the year 0', 'date', { date: '0000-12-31' }],
])('a list rejects %s', async (_problem, field, change) => {
  const variables = { id: fixture.title.id, date: '2027-03-05', ...change };
  const { errors } = await harness.execute(TITLE_SHOWS, ANONYMOUS, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

test.each([
  ['a search that is too long', 'search', '{ cities(search: "%") { edges { cursor } } }', 'x'.repeat(101)],
  ['a search for a NUL', 'search', '{ cities(search: "%") { edges { cursor } } }', String.raw`\u0000`],
  [
    'coordinates out of range',
    'near.latitude',
    '{ cities(near: { latitude: %, longitude: 0 }) { edges { cursor } } }',
    '91',
  ],
  ['a cursor of another list', 'after', '{ cities(after: "%") { edges { cursor } } }', cursor('a', 'b', 'c')],
])('cities rejects %s', async (_problem, field, query, value) => {
  const { errors } = await harness.execute(query.replace('%', value), ANONYMOUS);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

test.each(['', 'none', '\u0001', 'lon_shw_none', 'cty_xyz', 'lon_shw_none_t1', "x' OR true --", 'x'.repeat(128)])(
  'a query for an unknown or malformed id returns null',
  async (id) => {
    const types = ['Show', 'Venue', 'Screen', 'City', 'Movie', 'PriceTier'];
    const representations = types.map((__typename) => ({ __typename, id }));
    const { data, errors } = await harness.execute(
      `query($id: ID!, $representations: [_Any!]!) {
        title(id: $id) { id } venue(id: $id) { id } show(id: $id) { id } nowShowing(cityId: $id) { totalCount }
        _entities(representations: $representations) { __typename }
      }`,
      ANONYMOUS,
      { id, representations },
    );
    expect(errors).toBeUndefined();
    const nothing = { title: null, venue: null, show: null, nowShowing: null };
    expect(data).toEqual({ ...nothing, _entities: many(types.length, null) });
    expect(harness.logged).toEqual([]);
  },
);

test.each(['\0', '\ud800', 'x'.repeat(10_000)])(
  'a representation with an impossible id is null and does not fail the others',
  async (id) => {
    const representations = [id, 'none'].map((each) => ({ __typename: 'Show', id: each }));
    const query = 'query($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    expect(await harness.execute(query, ANONYMOUS, { representations })).toEqual({ data: { _entities: [null, null] } });
    expect(harness.logged).toEqual([]);
  },
);

/** Row counts of every table that a mutation writes. */
async function counts() {
  const { database } = harness;
  return Promise.all([
    database.venue.count(),
    database.screen.count(),
    database.seatLayout.count(),
    database.title.count(),
    database.show.count(),
    database.outboxEvent.count(),
  ]);
}
