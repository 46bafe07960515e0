import { Prisma } from '@marquee/prisma-booking';

/**
 * Joins each row of `rows` to its show, as `shows`. `OFFSET 0` keeps it a look-up of one row, which no plan turns into a
 * search through the shows.
 */
export function showOf(rows: string): Prisma.Sql {
  const row = Prisma.raw(rows);
  return Prisma.sql`CROSS JOIN LATERAL (
      SELECT * FROM shows WHERE city_code = ${row}.city_code AND id = ${row}.show_id OFFSET 0) AS shows`;
}
