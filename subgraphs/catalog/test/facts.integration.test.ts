import { type EventType, eventCatalogue, type PayloadOf } from '@marquee/events';
import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { emits } from '../src/emits.ts';
import { type CatalogHarness, openCatalog } from './harness.ts';
import { createFixture, schedule } from './operations.ts';

const TITLES = `query($after: ID, $first: Int!) { result: titleFacts(after: $after, first: $first) { titleId version name
  facts { kind description genres languages durationMinutes ageRating releaseDate director performers posterUrl } } }`;
const VENUES = `query($after: ID, $first: Int!) { result: venueFacts(after: $after, first: $first) { venueId version name
  facts { cityCode cityName country countryCode timeZone latitude longitude address amenities organisationId } } }`;
const SHOWS = `query($after: ID, $first: Int!) { result: scheduledShows(after: $after, first: $first) {
  showId version cancelled cityCode timeZone country layoutId screen { id name } venue { id name organisationId }
  title { id name kind } language format cancellationTiers { hoursBefore refundPercent } maxSeatsPerCustomer transferable
  salesOpenAt shows { id startsAt endsAt highDemand tiers { id name price { amount currency } } } } }`;

const SEARCH: Caller = { kind: 'service', name: 'search' };
/** After the clock of the database, too. */
const STARTS = ['2032-03-05T12:00:00.000Z', '2032-03-05T19:30:00.000Z'];

let harness: CatalogHarness;
beforeAll(async () => {
  harness = await openCatalog();
  await createFixture(harness, { name: 'The Castle' });
  const fixture = await createFixture(harness, { name: 'The Ritzy', address: 'Brixton Oval' });
  harness.clock.now = new Date('2032-03-01T12:00:00.000Z');
  await schedule(harness, fixture, STARTS);
});

type Facts = Record<string, unknown>;

/** All pages of one. */
async function pagesOf(query: string, idOf: (row: Facts) => unknown): Promise<Facts[]> {
  const all: Facts[] = [];
  for (let after: unknown = null; ; after = idOf(all.at(-1) as Facts)) {
    const { data, errors } = await harness.execute(query, SEARCH, { after, first: 1 });
    expect(errors).toBeUndefined();
    const [row, ...more] = JSON.parse(JSON.stringify(data?.['result'])) as Facts[];
    expect(more).toEqual([]);
    if (row === undefined) return all;
    all.push(row);
  }
}

/** The arguments of an event's handlers. */
function parsed<T extends EventType>(type: T, rows: readonly unknown[]): PayloadOf<T>[] {
  const catalogue = eventCatalogue({ catalog: emits });
  return rows.map((row) => catalogue.parse(type, row) as PayloadOf<T>);
}

const sorted = <Row>(rows: readonly Row[], key: keyof Row): Row[] =>
  rows.toSorted((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1));

test('a read model gets by pages what creation emitted of titles and venues', async () => {
  const titles = parsed('catalog.title-changed', await pagesOf(TITLES, ({ titleId }) => titleId));
  expect(titles).toEqual(sorted(await harness.emitted('catalog.title-changed'), 'titleId'));
  expect(titles).toHaveLength(2);
  const venues = parsed('catalog.venue-changed', await pagesOf(VENUES, ({ venueId }) => venueId));
  expect(venues).toEqual(sorted(await harness.emitted('catalog.venue-changed'), 'venueId'));
  expect(venues).toHaveLength(2);
});

test('a read model gets each show as if it had been scheduled alone', async () => {
  const shows = await pagesOf(SHOWS, ({ showId }) => showId);
  expect(shows.map(({ version, cancelled }) => ({ version, cancelled }))).toEqual(
    STARTS.map(() => ({ version: 0, cancelled: false })),
  );
  const [event] = await harness.emitted('catalog.shows-scheduled');
  const { shows: scheduled = [], ...batch } = event ?? {};
  expect(sorted(parsed('catalog.shows-scheduled', shows), 'shows').map(({ shows: [show] }) => show)).toEqual(
    expect.arrayContaining([...scheduled]),
  );
  // How fast its waiting room admits, only booking keeps.
  for (const show of parsed('catalog.shows-scheduled', shows)) {
    expect(show).toEqual({ ...batch, admissionsPerMinute: null, shows: [expect.anything()] });
  }
});

test('only read models of the catalog read its facts', async () => {
  for (const caller of [ANONYMOUS, userCaller('usr_1', ['catalog:write']), { kind: 'service', name: 'payments' }]) {
    for (const query of [TITLES, VENUES, SHOWS]) {
      const { errors } = await harness.execute(query, caller as Caller, { after: null, first: 1 });
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
    }
  }
});

test('ratings alone learns whose a title or a venue is', async () => {
  const OWNERS = `query($titleId: ID!, $venueId: ID!) {
    title: titleOrganisation(titleId: $titleId) venue: venueOrganisation(venueId: $venueId) }`;
  const RATINGS: Caller = { kind: 'service', name: 'ratings' };
  const [title, venue] = [
    await harness.database.title.findFirstOrThrow(),
    await harness.database.venue.findFirstOrThrow(),
  ];
  const ids = { titleId: title.id, venueId: venue.id };
  expect((await harness.execute(OWNERS, RATINGS, ids)).data).toEqual({
    title: title.organisationId,
    venue: venue.organisationId,
  });
  const unknown = { titleId: 'ttl_unknown', venueId: 'ven_unknown' };
  expect((await harness.execute(OWNERS, RATINGS, unknown)).data).toEqual({ title: null, venue: null });
  for (const caller of [ANONYMOUS, userCaller('usr_1', ['catalog:write']), SEARCH]) {
    const { errors } = await harness.execute(OWNERS, caller, ids);
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  }
});
