import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';

import type { City } from '../domain/city.ts';
import type { GeoPoint } from '../domain/geo-point.ts';
import type { CitySearch, CitySortKey, Page } from '../domain/listing.ts';
import type { Cities } from '../domain/ports.ts';
import { foldName } from '../domain/text.ts';
import { nameMatches, nameRank } from './name-search.ts';

type CityRow = Omit<City, 'location'> & GeoPoint;

const COLUMNS = Prisma.raw(
  'code, name, country, country_code AS "countryCode", region, time_zone AS "timeZone", currency, latitude, longitude',
);

/** Cities. A few thousand at most, so ranking all of them by distance is cheap. */
export class CityRepository implements Cities {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async findMany(codes: readonly string[]): Promise<City[]> {
    if (codes.length === 0) return [];
    const rows = await this.#sql.$queryRaw<CityRow[]>`SELECT ${COLUMNS} FROM cities WHERE code = ANY (${codes})`;
    return rows.map(toCity);
  }

  async search({ search, near }: CitySearch, { after, limit }: Page<CitySortKey>): Promise<(City & CitySortKey)[]> {
    const isAfter = after
      ? Prisma.sql`(rank, search_name, code) > (${after.rank}::float8, ${after.searchName} COLLATE "C", ${after.code})`
      : Prisma.sql`true`;
    const rows = await this.#sql.$queryRaw<(CityRow & CitySortKey)[]>`
      SELECT ${COLUMNS}, rank, search_name AS "searchName"
      FROM (SELECT *, ${rankBy(search, near)} AS rank FROM cities WHERE ${nameMatches('search_name', search)}) AS city
      WHERE ${isAfter}
      ORDER BY rank, search_name, code LIMIT ${limit + 1}`;
    return rows.map(({ rank, searchName, ...row }) => ({ ...toCity(row), rank, searchName }));
  }

  /** Stores the cities that do not exist yet. */
  async addMissing(cities: readonly City[]): Promise<void> {
    const rows = cities.map(({ location, ...city }) => ({ ...city, ...location, searchName: foldName(city.name) }));
    await this.#sql.$executeRaw`
      INSERT INTO cities (code, name, search_name, country, country_code, region, time_zone, currency, latitude,
        longitude)
      SELECT code, name, "searchName", country, "countryCode", region, "timeZone", currency, latitude, longitude
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS city (
        code text, name text, "searchName" text, country text, "countryCode" text, region text, "timeZone" text,
        currency text,
        latitude float8, longitude float8)
      ON CONFLICT DO NOTHING`;
  }
}

/** Metres from a place, else the quality of the match. */
function rankBy(search: string | null, near: GeoPoint | null): Prisma.Sql {
  return near ? distanceFrom(near) : nameRank('search_name', search);
}

/** Great-circle distance by the haversine formula, in whole metres. */
function distanceFrom({ latitude, longitude }: GeoPoint): Prisma.Sql {
  return Prisma.sql`round(2 * 6371008.8 * asin(least(1, sqrt(
    sin(radians(latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(latitude)) * sin(radians(longitude - ${longitude}::float8) / 2) ^ 2
  ))))::float8`;
}

function toCity({ latitude, longitude, ...city }: CityRow): City {
  return { ...city, location: { latitude, longitude } };
}
