import { Prisma } from '@marquee/prisma-booking';

import { type CityCodes, isInCity } from './city-keys.ts';

/**
 * Joins each row of `rows` to its show, as `shows`. `OFFSET 0` keeps it a look-up of one row, which no plan turns into a
 * search through the shows.
 *
 * @param cityCode the cities of the rows, in a statement that locks or changes rows: see {@link isInCity}
 */
export function showOf(rows: string, cityCode?: CityCodes): Prisma.Sql {
  const row = Prisma.raw(rows);
  const inCity = cityCode === undefined ? Prisma.sql`city_code = ${row}.city_code` : isInCity('city_code', cityCode);
  return Prisma.sql`CROSS JOIN LATERAL (
      SELECT * FROM shows WHERE ${inCity} AND id = ${row}.show_id OFFSET 0) AS shows`;
}
