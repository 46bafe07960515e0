import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import { dayAfter } from '../domain/day.ts';

const PARTITION = /^events_(\d{4})(\d\d)(\d\d)$/;

/** The partition of a day. */
export const partitionOf = (day: string): string => `events_${day.replaceAll('-', '')}`;

/** Makes the partitions of days that have none. @param days such as `2027-01-31` */
export async function addDays(tx: SqlTransaction, days: readonly string[]): Promise<void> {
  const known = new Set(await eventDays(tx));
  for (const day of days.filter((each) => !known.has(each))) {
    const name = Prisma.raw(partitionOf(day));
    const [from, to] = [day, dayAfter(day)].map((each) => Prisma.raw(`'${each}T00:00:00Z'`));
    await tx.$executeRaw`
      CREATE TABLE IF NOT EXISTS ${name} PARTITION OF events FOR VALUES FROM (${from}) TO (${to})`;
  }
}

/** The days that have a partition, the first first. */
export async function eventDays(tx: SqlTransaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'events'::regclass ORDER BY relname`;
  return rows.flatMap(({ name }) => {
    const [, year, month, day] = PARTITION.exec(name) ?? [];
    return year === undefined ? [] : [`${year}-${month}-${day}`];
  });
}
