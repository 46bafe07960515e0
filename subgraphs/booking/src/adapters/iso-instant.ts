import { Prisma } from '@marquee/prisma-booking';

/** Formats an instant as JSON has it. @param column a SQL expression of type timestamptz */
export function isoInstant(column: string): Prisma.Sql {
  return Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
