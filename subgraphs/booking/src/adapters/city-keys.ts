import { Prisma } from '@marquee/prisma-booking';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

/** A condition on city-partitioned rows. */
export interface CityKeys {
  readonly cityCode: { in: string[] };
  readonly id: { in: string[] };
}

/** Finds city-partitioned rows by id and touches only their cities' partitions; impossible ids are left out. */
export function cityKeys(ids: readonly string[]): CityKeys {
  const known = ids.filter((id) => isPossibleId(id) && cityCodeOf(id) !== null);
  return { cityCode: { in: [...new Set(known.map((id) => cityCodeOf(id) ?? ''))] }, id: { in: known } };
}

/** The key of a city-partitioned row. */
export interface CityKey {
  readonly cityCode: string;
  readonly id: string;
}

/** One city or several. */
export type CityCodes = string | readonly string[];

/**
 * Whether a column is of these cities, which are parameters: Postgres opens their partitions alone, before the first row.
 *
 * A statement that locks or changes rows must not find its partitions by what it reads, such as by
 * `claim.city_code = booking.city_code`: Postgres 18 loses rows or crashes when that waits for a row (ADR 38). Several
 * cities are filled up to 2, 4, 8 and so on, since each text is planned once.
 */
export function isInCity(column: string, cityCode: CityCodes): Prisma.Sql {
  const [name, cities] = [Prisma.raw(column), [...new Set([cityCode].flat())]];
  if (cities.length === 1) return Prisma.sql`${name} = ${cities[0]}`;
  const filled = Array.from({ length: 2 ** Math.ceil(Math.log2(cities.length)) }, (_, nth) => cities[nth] ?? cities[0]);
  return Prisma.sql`${name} = ANY (ARRAY[${Prisma.join(filled)}]::text[])`;
}

/** The ids of rows by their city. */
export function idsByCity(keys: readonly CityKey[]): [cityCode: string, ids: string[]][] {
  const byCity = new Map<string, string[]>();
  for (const { cityCode, id } of keys) {
    const ids = byCity.get(cityCode) ?? [];
    ids.push(id);
    byCity.set(cityCode, ids);
  }
  return [...byCity].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * The rows of a city-partitioned table with these ids, as a `FROM` item; impossible ids are left out.
 *
 * Each id is looked for in the partition of its city alone. An array of cities would be looked for in every partition:
 * a statement is planned once, for any parameters. `OFFSET 0` keeps each look-up apart, so that none scans a table.
 *
 * @param column of the table that has the id
 */
export function rowsOf(table: string, ids: readonly string[], column = 'id', alias = table): Prisma.Sql {
  const { id } = cityKeys(ids);
  const [name, idColumn, known] = [table, column, alias].map((part) => Prisma.raw(part));
  return Prisma.sql`
    unnest(${id.in.map(cityCodeOf)}::text[], ${id.in}::text[]) AS wanted (in_city, with_id) CROSS JOIN LATERAL (
      SELECT * FROM ${name} WHERE city_code = in_city AND ${idColumn} = with_id OFFSET 0) AS ${known}`;
}
