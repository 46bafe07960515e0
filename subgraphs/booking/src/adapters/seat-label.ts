import { Prisma } from '@marquee/prisma-booking';

/** A seat as people read it, such as `C7`; the section where people stand. @param seat a SQL expression of type jsonb */
export function seatLabel(seat: string): Prisma.Sql {
  return Prisma.raw(`CASE ${seat} ->> 'row' WHEN '' THEN ${seat} ->> 'section'
    ELSE ${seat} ->> 'row' || (${seat} ->> 'number') END`);
}
