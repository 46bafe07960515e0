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
