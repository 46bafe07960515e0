import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, describe, expect, test } from 'vitest';

import { admin, openCatalog, partner, type CatalogHarness } from './harness.ts';
import {
  CREATE_TITLE,
  CREATE_VENUE,
  createFixture,
  type Fixture,
  mutate,
  schedule,
  titleInput,
  venueInput,
} from './operations.ts';

const UPDATE_VENUE = `mutation($input: UpdateVenueInput!) { result: updateVenue(input: $input) {
  __typename
  ... on UpdateVenuePayload { venue { id name address amenities location { latitude longitude } } }
  ... on VenueExistsError { existingVenue { id } }
  ... on UserError { message } } }`;

const UPDATE_TITLE = `mutation($input: UpdateTitleInput!) { result: updateTitle(input: $input) {
  __typename
  ... on UpdateTitlePayload { title { id name description languages genres durationMinutes ageRating releaseDate posterUrl } }
  ... on TitleExistsError { existingTitle { id } }
  ... on UserError { message } } }`;

const SCHEDULE = `query($venueId: ID!, $from: Date!, $to: Date!, $first: Int, $after: String) {
  venue(id: $venueId) { id schedule(from: $from, to: $to, first: $first, after: $after) {
    edges { node { id startsAt status screen { name } title { name } } } pageInfo { hasNextPage endCursor } } } }`;

const MY_VENUES = `query($of: [_Any!]!, $organisationId: ID, $first: Int, $after: String) { _entities(representations: $of) { ... on User {
  venues(organisationId: $organisationId, first: $first, after: $after) { edges { node { id name } } pageInfo { hasNextPage endCursor } } } } }`;

let harness: CatalogHarness;
let fixture: Fixture;
beforeAll(async () => {
  harness = await openCatalog();
  fixture = await createFixture(harness, { name: 'The Ritzy', address: 'Brixton Oval' });
});

async function codes(query: string, caller: Caller, variables: Record<string, unknown>) {
  const { errors = [] } = await harness.execute(query, caller, variables);
  return errors.map(({ extensions }) => [extensions?.['code'], extensions?.['field']].filter(Boolean).join(' '));
}

describe('updateVenue', () => {
  test('changes what is given and nothing else, and tells other domains', async () => {
    const input = { venueId: fixture.venue.id, name: ' The New Ritzy ', amenities: ['Bar'] };
    const { venue } = await mutate(harness, UPDATE_VENUE, input, fixture.owner);
    expect(venue).toEqual({
      ...{ id: fixture.venue.id, name: 'The New Ritzy', address: 'Brixton Oval', amenities: ['Bar'] },
      location: { latitude: 51.515, longitude: -0.205 },
    });
    expect((await harness.emitted('catalog.venue-changed')).at(-1)).toEqual({
      ...{ venueId: fixture.venue.id, version: 1, name: 'The New Ritzy' },
      facts: expect.objectContaining({ cityName: 'London', address: 'Brixton Oval', amenities: ['Bar'] }),
    });
  });

  test('refuses the name and address of another venue', async () => {
    const other = await createFixture(harness, { name: 'The Castle', address: '4 High Street' });
    const input = { venueId: other.venue.id, name: 'the new ritzy', address: 'BRIXTON OVAL' };
    expect(await mutate(harness, UPDATE_VENUE, input, other.owner)).toMatchObject({
      ...{ __typename: 'VenueExistsError', existingVenue: { id: fixture.venue.id } },
    });
  });

  test('is for the owner and administrators', async () => {
    const input = { venueId: fixture.venue.id, name: 'The New Ritzy' };
    expect(await codes(UPDATE_VENUE, partner(), { input })).toEqual(['FORBIDDEN']);
    expect(await codes(UPDATE_VENUE, ANONYMOUS, { input })).toEqual(['UNAUTHENTICATED']);
    expect(await codes(UPDATE_VENUE, userCaller('usr_1', []), { input })).toEqual(['FORBIDDEN']);
    expect((await mutate(harness, UPDATE_VENUE, input, admin())).__typename).toBe('UpdateVenuePayload');
  });

  test.each([
    ['a blank name', { name: ' ' }, 'BAD_USER_INPUT input.name'],
    ['an unprintable address', { address: 'a\u0000b' }, 'BAD_USER_INPUT input.address'],
    ['a latitude out of range', { location: { latitude: 91, longitude: 0 } }, 'BAD_USER_INPUT input.location.latitude'],
    ['an unknown venue', { venueId: 'ven_none' }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, change, code) => {
    const input = { venueId: fixture.venue.id, ...change };
    expect(await codes(UPDATE_VENUE, fixture.owner, { input })).toEqual([code]);
  });
});

describe('updateTitle', () => {
  test('changes what is given, and null removes what may be missing', async () => {
    const input = titleInput({ name: 'M', releaseDate: '1931-05-11', posterUrl: 'https://example.com/m.jpg' });
    const { title } = await mutate(harness, CREATE_TITLE, input, fixture.owner);
    const change = { titleId: title.id, name: 'M – A City Searches', ageRating: null, languages: ['German'] };
    const updated = await mutate(harness, UPDATE_TITLE, change, fixture.owner);
    expect(updated.title).toEqual({
      ...{ id: title.id, name: 'M – A City Searches', description: 'A city of two heights.', languages: ['German'] },
      ...{ genres: ['Science Fiction'], durationMinutes: 150, ageRating: null, releaseDate: '1931-05-11' },
      posterUrl: 'https://example.com/m.jpg',
    });
    const event = { titleId: title.id, version: 1, name: 'M – A City Searches' };
    expect((await harness.emitted('catalog.title-changed')).at(-1)).toEqual({
      ...event,
      facts: expect.objectContaining({ releaseDate: '1931-05-11', languages: ['German'], director: 'Fritz Lang' }),
    });
    const { data } = await harness.execute('{ titles(search: "searches") { edges { node { id } } } }', ANONYMOUS);
    expect(data).toEqual({ titles: { edges: [{ node: { id: title.id } }] } });
  });

  test('refuses the name and release date of another film', async () => {
    const one = await mutate(harness, CREATE_TITLE, titleInput({ name: 'Faust' }), fixture.owner);
    const two = await mutate(harness, CREATE_TITLE, titleInput({ name: 'Tartuffe' }), fixture.owner);
    expect(await mutate(harness, UPDATE_TITLE, { titleId: two.title.id, name: 'FAUST' }, fixture.owner)).toMatchObject({
      __typename: 'TitleExistsError',
      existingTitle: { id: one.title.id },
    });
  });

  test('is for the partner who added it and for administrators', async () => {
    const input = { titleId: fixture.title.id, genres: ['Drama'] };
    expect(await codes(UPDATE_TITLE, partner(), { input })).toEqual(['FORBIDDEN']);
    expect((await mutate(harness, UPDATE_TITLE, input, admin())).__typename).toBe('UpdateTitlePayload');
  });

  test.each([
    ['no languages', { languages: [] }, 'BAD_USER_INPUT input.languages'],
    ['a running time of zero', { durationMinutes: 0 }, 'BAD_USER_INPUT input.durationMinutes'],
    ['a poster without https', { posterUrl: 'http://example.com' }, 'BAD_USER_INPUT input.posterUrl'],
    ['an unknown title', { titleId: 'ttl_none' }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, change, code) => {
    const input = { titleId: fixture.title.id, ...change };
    expect(await codes(UPDATE_TITLE, fixture.owner, { input })).toEqual([code]);
  });
});

describe('a venue’s schedule', () => {
  const variables = (more: object = {}) => ({
    ...{ venueId: fixture.venue.id, from: '2027-05-01', to: '2027-05-31' },
    ...more,
  });
  const STARTS = ['2027-05-01T18:00:00.000Z', '2027-05-02T18:00:00.000Z', '2027-05-31T18:00:00.000Z'];
  beforeAll(async () => {
    const shows = await schedule(harness, fixture, [...STARTS, '2027-06-01T18:00:00.000Z']);
    await harness.database.show.updateMany({ where: { id: shows[1]?.id ?? '' }, data: { cancelledAt: new Date() } });
  });

  test('lists the shows of a period by start, cancelled ones too, and paging skips none', async () => {
    const page = async (more: object) => {
      const { data, errors } = await harness.execute(SCHEDULE, fixture.owner, variables(more));
      expect(errors).toBeUndefined();
      return (data as { venue: { schedule: SchedulePage } }).venue.schedule;
    };
    const first = await page({ first: 2 });
    const rest = await page({ after: first.pageInfo.endCursor });
    const listed = [...first.edges, ...rest.edges].map(({ node }) => [node.startsAt, node.status]);
    expect(listed).toEqual([
      [STARTS[0], 'ON_SALE'],
      [STARTS[1], 'CANCELLED'],
      [STARTS[2], 'ON_SALE'],
    ]);
  });

  test('takes the same number of statements for any number of shows', async () => {
    const count = async (first: number) =>
      (await harness.statements.during(() => harness.execute(SCHEDULE, fixture.owner, variables({ first })))).length;
    // The venue, its shows, their screens and titles.
    expect([await count(1), await count(3)]).toEqual([4, 4]);
  });

  test('is for the owner and administrators', async () => {
    expect(await codes(SCHEDULE, partner(), variables())).toEqual(['FORBIDDEN']);
    expect(await codes(SCHEDULE, ANONYMOUS, variables())).toEqual(['UNAUTHENTICATED']);
    expect(await codes(SCHEDULE, admin(), variables())).toEqual([]);
  });

  test('covers at most a year', async () => {
    expect(await codes(SCHEDULE, fixture.owner, variables({ to: '2028-06-01' }))).toEqual(['BAD_USER_INPUT to']);
    expect(await codes(SCHEDULE, fixture.owner, variables({ to: '2027-04-30' }))).toEqual(['BAD_USER_INPUT to']);
  });
});

interface SchedulePage {
  readonly edges: readonly { readonly node: { readonly startsAt: string; readonly status: string } }[];
  readonly pageInfo: { readonly endCursor: string };
}

test('a person’s venues are theirs and support’s to see', async () => {
  const { owner, venue } = await createFixture(harness, { name: 'Mine', address: '5 High Street' });
  const of = [{ __typename: 'User', id: owner.userId }];
  const { data } = await harness.execute(MY_VENUES, owner, { of });
  expect(data).toMatchObject({ _entities: [{ venues: { edges: [{ node: { id: venue.id, name: 'Mine' } }] } }] });
  expect(await codes(MY_VENUES, partner(), { of })).toEqual(['FORBIDDEN']);
  expect(await codes(MY_VENUES, ANONYMOUS, { of })).toEqual(['UNAUTHENTICATED']);
  expect(await codes(MY_VENUES, userCaller('usr_agent', ['users:read']), { of })).toEqual([]);
});

test('a person’s venues can be those of one of their organisations, and of no other', async () => {
  const person = partner();
  const owner = { role: 'OWNER' } as const;
  const own = [
    { organisationId: 'org_north', ...owner },
    { organisationId: 'org_south', ...owner },
  ];
  harness.organisations.set(person.userId, own);
  for (const { organisationId } of own)
    await mutate(harness, CREATE_VENUE, venueInput({ organisationId, name: `Hall of ${organisationId}` }), person);
  const namesOf = async (organisationId: string | null) => {
    const of = [{ __typename: 'User', id: person.userId }];
    const { data } = await harness.execute(MY_VENUES, person, { of, organisationId });
    const [{ venues }] = (data as { _entities: [{ venues: { edges: { node: { name: string } }[] } }] })._entities;
    return venues.edges.map(({ node }) => node.name);
  };
  expect(await namesOf('org_south')).toEqual(['Hall of org_south']);
  expect(await namesOf(null)).toEqual(['Hall of org_north', 'Hall of org_south']);
  harness.organisations.set(person.userId, own.slice(0, 1));
  expect(await namesOf('org_south')).toEqual([]);
});
