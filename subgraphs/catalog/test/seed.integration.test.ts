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
  expect(await database.screen.count({ where: { capacity: { gte: 20_000 } } })).toBe(1);
  expect(await database.title.count({ where: { kind: 'LIVE_EVENT' } })).toBeGreaterThan(20);
});

test('every film that is shown names its cast', async () => {
  const [nameless] = await database.$queryRaw<{ films: number }[]>`
    SELECT count(*)::int AS films FROM titles
    WHERE kind = 'MOVIE' AND performers = '{}' AND EXISTS (SELECT FROM shows WHERE title_id = titles.id)`;
  expect(nameless?.films).toBe(0);
  const fargo = await database.title.findFirst({ where: { name: 'Fargo' } });
  expect(fargo?.performers).toContain('Frances McDormand');
});

/** Languages spoken in a city's cinemas, by their share of the shows of English films. */
async function spokenIn(city: string): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ language: string; share: number }[]>`
    SELECT language, count(*) / sum(count(*)) OVER () AS share
    FROM shows JOIN titles ON titles.id = title_id
    WHERE city_code = ${city} AND kind = 'MOVIE' AND languages[1] = 'English' GROUP BY 1`;
  return new Map(rows.map(({ language, share }) => [language, Number(share)]));
}

test('films are dubbed where the country dubs, and shown in their original language elsewhere', async () => {
  expect((await spokenIn('ber')).get('German')).toBeGreaterThan(0.6);
  expect((await spokenIn('tyo')).get('Japanese')).toBeGreaterThan(0.3);
  expect((await spokenIn('ams')).get('English')).toBeGreaterThan(0.9);
  expect([...(await spokenIn('lon')).keys()]).toEqual(['English']);
});

/** Titles whose languages are not exactly the original one and those of their shows. */
async function titlesWithOtherLanguages(): Promise<string[]> {
  const rows = await database.$queryRaw<{ name: string }[]>`
    SELECT name FROM titles
    WHERE (SELECT array_agg(DISTINCT language ORDER BY language) FROM unnest(languages) AS language) IS DISTINCT FROM
      (SELECT array_agg(DISTINCT language ORDER BY language) FROM (
        SELECT language FROM shows WHERE title_id = titles.id UNION SELECT languages[1]) AS shown)`;
  return rows.map(({ name }) => name);
}

test('a title names the languages in which it is shown', async () => {
  expect(await titlesWithOtherLanguages()).toEqual([]);
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

test('every title and venue was emitted once, as it is', async () => {
  const [others] = await database.$queryRaw<{ titles: number; venues: number }[]>`
    SELECT
      (SELECT count(*) FROM titles FULL JOIN (SELECT * FROM outbox_events WHERE type = 'catalog.title-changed') AS event
        ON key = titles.id
        AND payload #> '{facts,languages}' = to_jsonb(languages) AND (payload ->> 'version')::int = version
        WHERE key IS NULL OR titles.id IS NULL)::int AS titles,
      (SELECT count(*) FROM venues FULL JOIN (SELECT * FROM outbox_events WHERE type = 'catalog.venue-changed') AS event
        ON key = venues.id AND payload #>> '{facts,address}' = address
        WHERE key IS NULL OR venues.id IS NULL)::int AS venues`;
  expect(others).toEqual({ titles: 0, venues: 0 });
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
  expect(await titlesWithOtherLanguages()).toEqual([]);
  const [untold] = await database.$queryRaw<{ titles: number }[]>`
    SELECT count(*)::int AS titles FROM titles WHERE NOT EXISTS (
      SELECT FROM outbox_events WHERE type = 'catalog.title-changed' AND key = titles.id
        AND payload #> '{facts,languages}' = to_jsonb(languages) AND (payload ->> 'version')::int = version)`;
  expect(untold?.titles).toBe(0);
});
