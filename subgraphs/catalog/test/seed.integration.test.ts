import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-catalog';
import { testDatabase } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seedCatalog, type SeededCatalog } from '../src/seed/seed-catalog.ts';

const TODAY = new Date('2027-03-02T12:00:00.000Z');
const TOMORROW = new Date('2027-03-03T12:00:00.000Z');

let url: string;
let database: PrismaClient;
let first: SeededCatalog;

beforeAll(async () => {
  url = (await testDatabase('catalog')).url;
  database = connect(PrismaClient, { url });
  first = await seedCatalog({ databaseUrl: url, now: () => TODAY });
});

afterAll(() => database.$disconnect());

async function daysWithShows(): Promise<string[]> {
  const rows = await database.$queryRaw<{ day: string }[]>`
    SELECT local_date::text AS day FROM shows WHERE city_code = 'lon' GROUP BY 1 ORDER BY 1`;
  return rows.map(({ day }) => day);
}

test('the seed has real films, and venues in every city', async () => {
  expect(first.cities).toBeGreaterThanOrEqual(20);
  expect(first.titles).toBeGreaterThanOrEqual(500);
  const [poorest] = await database.$queryRaw<{ venues: number }[]>`
    SELECT min(venues)::int AS venues FROM (
      SELECT count(venues.id) AS venues FROM cities LEFT JOIN venues ON venues.city_code = cities.code
      GROUP BY cities.code) AS city`;
  expect(poorest?.venues).toBeGreaterThanOrEqual(3);
  expect(await database.title.findFirst({ where: { name: 'Fargo' } })).toMatchObject({
    kind: 'MOVIE',
    director: expect.stringContaining('Coen'),
  });
  expect(await database.title.count({ where: { kind: 'LIVE_EVENT' } })).toBeGreaterThan(20);
});

test('each of the next 14 days, today included, has shows, and every show was emitted', async () => {
  expect(await daysWithShows()).toEqual(
    Array.from({ length: 14 }, (_, ahead) => `2027-03-${String(ahead + 2).padStart(2, '0')}`),
  );
  const [emitted] = await database.$queryRaw<{ shows: number }[]>`
    SELECT sum(jsonb_array_length(payload->'shows'))::int AS shows FROM outbox_events
    WHERE type = 'catalog.shows-scheduled'`;
  expect(emitted?.shows).toBe(await database.show.count());
});

test('seeding again on the same day sends one statement and changes nothing; the next day adds one day', async () => {
  const statements: string[] = [];
  const again = await seedCatalog({ databaseUrl: url, now: () => TODAY, onStatement: (sql) => statements.push(sql) });
  expect(again).toEqual({ cities: 0, titles: 0, venues: 0, shows: 0 });
  expect(statements).toHaveLength(1);
  const next = await seedCatalog({ databaseUrl: url, now: () => TOMORROW });
  expect(next).toMatchObject({ cities: 0, titles: 0, venues: 0 });
  expect(next.shows).toBeGreaterThan(0);
  expect((await daysWithShows()).at(-1)).toBe('2027-03-16');
});
