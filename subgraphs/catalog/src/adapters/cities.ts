import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import type { SqlTransaction } from '@marquee/database';

import type { City } from '../domain/city.ts';
import type { GeoPoint } from '../domain/geo-point.ts';
import type { Cities, CityPosition, CitySearch, Page } from '../domain/ports.ts';
import { foldName } from '../domain/text.ts';

type CityRow = Omit<City, 'location'> & GeoPoint;

const COLUMNS = Prisma.raw('code, name, country, time_zone AS "timeZone", currency, latitude, longitude');

/** Cities; there are thousands at most, so that sorting all of them by distance is cheap. */
export class CityRepository implements Cities {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async withCodes(codes: readonly string[]): Promise<City[]> {
    if (codes.length === 0) return [];
    const rows = await this.#client.$queryRaw<CityRow[]>`SELECT ${COLUMNS} FROM cities WHERE code = ANY (${codes})`;
    return rows.map(cityOf);
  }

  async search({ search, near }: CitySearch, page: Page<CityPosition>): Promise<(City & CityPosition)[]> {
    const { after, limit } = page;
    const behind = after
      ? Prisma.sql`(rank, search_name, code) > (${after.rank}::float8, ${after.searchName} COLLATE "C", ${after.code})`
      : Prisma.sql`true`;
    const rows = await this.#client.$queryRaw<(CityRow & CityPosition)[]>`
      SELECT ${COLUMNS}, rank, search_name AS "searchName"
      FROM (SELECT *, ${rankOf(search, near)}::float8 AS rank FROM cities WHERE ${isLike(search)}) AS city
      WHERE ${behind}
      ORDER BY rank, search_name, code LIMIT ${limit + 1}`;
    return rows.map(({ rank, searchName, ...row }) => ({ ...cityOf(row), rank, searchName }));
  }
}

function isLike(search: string | null): Prisma.Sql {
  if (search === null) return Prisma.sql`true`;
  const start = likePattern(search);
  return Prisma.sql`(search_name LIKE ${start} OR search_name LIKE ${`% ${start}`} OR search_name % ${search})`;
}

/** Metres from a place; without one, how unlike the name is: starts like it, a word starts like it, resembles it. */
function rankOf(search: string | null, near: GeoPoint | null): Prisma.Sql {
  if (near) return metresFrom(near);
  if (search === null) return Prisma.sql`0`;
  const start = likePattern(search);
  return Prisma.sql`CASE WHEN search_name LIKE ${start} THEN 0 WHEN search_name LIKE ${`% ${start}`} THEN 1
    ELSE 2 + round(1000 * (1 - similarity(search_name, ${search}))) END`;
}

/** The great-circle distance by the haversine formula, in whole metres. */
function metresFrom({ latitude, longitude }: GeoPoint): Prisma.Sql {
  return Prisma.sql`round(2 * 6371008.8 * asin(least(1, sqrt(
    sin(radians(latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(latitude)) * sin(radians(longitude - ${longitude}::float8) / 2) ^ 2
  ))))`;
}

function likePattern(start: string): string {
  return `${start.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}

function cityOf({ latitude, longitude, ...city }: CityRow): City {
  return { ...city, location: { latitude, longitude } };
}

/** Stores the cities that are missing, by one statement. */
export async function saveCities(tx: SqlTransaction, cities: readonly City[]): Promise<void> {
  const rows = cities.map(({ location, ...city }) => ({ ...city, ...location, searchName: foldName(city.name) }));
  await tx.$executeRaw`
    INSERT INTO cities (code, name, search_name, country, time_zone, currency, latitude, longitude)
    SELECT code, name, "searchName", country, "timeZone", currency, latitude, longitude
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS city (
      code text, name text, "searchName" text, country text, "timeZone" text, currency text, latitude float8,
      longitude float8)
    ON CONFLICT DO NOTHING`;
}
