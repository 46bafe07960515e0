import { expect, test } from 'vitest';

import { catalogCopyIn } from '../src/adapters/catalog-copy.ts';
import { catalogOf } from '../src/adapters/catalog.ts';
import { catchUp } from '../src/use-cases/catch-up.ts';
import { inHours, openFeed } from './harness.ts';

const world = await openFeed();
const { database, show, titlesOf } = world;

const scheduled = (number: number, change: object = {}) => ({
  ...{ showId: `daa_shw_${number}`, version: 1, cancelled: false, cityCode: 'daa', timeZone: 'Europe/London' },
  ...{
    salesOpenAt: inHours(-9),
    title: { id: `ttl_daa_${number}`, name: 'Title' },
    venue: { id: 'ven_daa', name: 'Venue' },
  },
  shows: [{ id: `daa_shw_${number}`, startsAt: inHours(24) }],
  ...change,
});
const pages: Record<string, readonly unknown[]> = {
  titleFacts: [
    { titleId: 'ttl_daa_1', version: 3, name: 'Title', facts: { genres: ['Drama'], releaseDate: '1996-03-08' } },
  ],
  venueFacts: [
    {
      ...{ venueId: 'ven_daa', version: 0, name: 'Venue' },
      facts: { cityCode: 'daa', cityName: 'Delft', timeZone: 'Europe/Amsterdam', latitude: 52, longitude: 4.3 },
    },
  ],
  scheduledShows: [scheduled(1), scheduled(2, { cancelled: true }), scheduled(3)],
};
world.others.catalog = ({ after }, query) => ({
  page: after === null ? pages[Object.keys(pages).find((name) => query.includes(name)) ?? ''] : [],
});

const deps = {
  catalog: catalogOf({
    query: async (_asked, { query, variables }) => world.others.catalog(variables as never, query) as never,
  }),
  copy: catalogCopyIn(database),
};
const becomeDue = () => database.$executeRaw`UPDATE catch_ups SET due_at = now() - interval '1 second'`;

test('feed takes over what no event brought, once a day, and keeps what it knows in a newer version', async () => {
  const moved = {
    cityCode: 'daa',
    layoutId: 'lay_1',
    screen: { id: 'scr_1', name: 'Screen' },
    highDemand: false,
    tiers: [],
  };
  await show('daa_shw_3', 'ttl_daa_3');
  await world.deliver('catalog.show-changed', {
    ...moved,
    ...{ showId: 'daa_shw_3', version: 2, startsAt: inHours(-5), endsAt: inHours(-3) },
  });
  await catchUp(deps);
  expect(Object.values(await titlesOf('daa')).flat()).toEqual([]);
  await becomeDue();
  await catchUp(deps);
  expect(Object.values(await titlesOf('daa')).flat()).toEqual(['ttl_daa_1']);
  expect(await database.city.findUnique({ where: { code: 'daa' } })).toMatchObject({ name: 'Delft' });
  expect(await database.title.findUnique({ where: { id: 'ttl_daa_1' } })).toMatchObject({
    version: 3,
    genres: ['Drama'],
  });
  expect(await deps.copy.claim()).toBe(false);
});

test('a comparison that fails is made again, by one process', async () => {
  await becomeDue();
  const { others } = world;
  others.catalog = () => {
    throw new Error('catalog is away');
  };
  await expect(catchUp(deps)).rejects.toThrow('catalog is away');
  await becomeDue();
  const claims = await Promise.all([deps.copy.claim(), deps.copy.claim(), deps.copy.claim()]);
  expect(claims.filter(Boolean)).toHaveLength(1);
});
