import type { SqlTransaction } from '../../../packages/database/src/index.ts';

export interface Size {
  readonly people: number;
  readonly titlesOfPerson: number;
  readonly titles: number;
  readonly pairsOfTitle: number;
  /** In the city whose feed is read, at so many venues each. */
  readonly titlesOfCity: number;
  readonly venues: number;
}

export const CITY = 'ben';
export const personId = (person: number): string => `usr_${String(person).padStart(7, '0')}`;

/** Fills a feed's database as the events of so many people would, by few statements. */
export async function fill(sql: SqlTransaction, size: Size): Promise<void> {
  await fillCity(sql, size);
  await fillInterests(sql, size);
  await sql.$executeRaw`
    INSERT INTO title_pairs (title_id, other_id, weight)
    SELECT DISTINCT ON (1, 2) 'ttl_' || one, 'ttl_' || (one + (random() ^ 2 * ${size.titles}::int)::int) % ${size.titles}::int,
      random() * 40
    FROM generate_series(0, ${size.titles}::int - 1) AS one, generate_series(1, ${size.pairsOfTitle}::int)`;
  await sql.$executeRaw`DELETE FROM title_pairs WHERE title_id = other_id`;
  await sql.$executeRaw`
    UPDATE titles SET viewers = counted.viewers
    FROM (SELECT title_id, count(*) AS viewers FROM interests GROUP BY title_id) AS counted WHERE title_id = id`;
  await sql.$executeRaw`ANALYZE`;
}

async function fillCity(sql: SqlTransaction, { titles, titlesOfCity, venues }: Size): Promise<void> {
  await sql.$executeRaw`INSERT INTO cities (code, name, time_zone, version) VALUES (${CITY}, 'Bench', 'UTC', 1)`;
  await sql.$executeRaw`
    INSERT INTO venues (id, name, version, latitude, longitude)
    SELECT 'ven_' || each, 'Venue ' || each, 0, 51 + random() / 10, random() / 10
    FROM generate_series(1, ${venues}::int) AS each`;
  await sql.$executeRaw`
    INSERT INTO titles (id, name, version, genres, score, average, rating_version, viewers)
    SELECT 'ttl_' || each, 'Title ' || each, 0, ARRAY[(ARRAY['Drama', 'Comedy', 'Action', 'Horror'])[1 + each % 4]],
      3 + random() * 2, 3 + random() * 2, 1, 0
    FROM generate_series(0, ${titles}::int - 1) AS each`;
  await sql.$executeRaw`
    INSERT INTO title_heat (city_code, title_id, heat)
    SELECT ${CITY}, 'ttl_' || each, random() * 10 FROM generate_series(0, ${titlesOfCity}::int - 1) AS each`;
  await sql.$executeRaw`
    INSERT INTO shows (id, city_code, title_id, venue_id, starts_at, version)
    SELECT ${`${CITY}_shw_`} || title || '_' || venue || '_' || day, ${CITY}, 'ttl_' || title, 'ven_' || venue,
      now() + (day || ' days')::interval + random() * interval '12 hours', 0
    FROM generate_series(0, ${titlesOfCity}::int - 1) AS title, generate_series(1, ${venues}::int) AS venue,
      generate_series(1, 5) AS day`;
}

/** Of a person some titles, the popular ones rather than others. */
async function fillInterests(sql: SqlTransaction, { people, titlesOfPerson, titles }: Size): Promise<void> {
  await sql.$executeRaw`DROP INDEX interests_last_at_idx`;
  await sql.$executeRaw`
    INSERT INTO interests (viewer_id, title_id, progress, last_at)
    SELECT DISTINCT ON (1, 2) 'usr_' || lpad(person::text, 7, '0'), 'ttl_' || (random() ^ 2 * (${titles}::int - 1))::int,
      1 + (random() * 3)::int, now() - random() * interval '20 days'
    FROM generate_series(1, ${people}::int) AS person, generate_series(1, ${titlesOfPerson}::int)`;
  await sql.$executeRaw`CREATE INDEX interests_last_at_idx ON interests (last_at)`;
}
