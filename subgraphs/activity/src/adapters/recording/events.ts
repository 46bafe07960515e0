import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import { addDays } from '../event-days.ts';

/** The columns of a stored event. */
const STORED = Prisma.raw(
  'at, received_at, claimed_at, visitor, id, suspicious, name, city_code, user_id, title_id, show_id, venue_id, search_text, impression_token, properties',
);

/** Stores the fresh events, each in its day. */
export async function storeEvents(tx: SqlTransaction): Promise<void> {
  const days = await tx.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT (at AT TIME ZONE 'UTC')::date::text AS day FROM fresh_events`;
  await addDays(
    tx,
    days.map(({ day }) => day),
  );
  await tx.$executeRaw`INSERT INTO events (${STORED}) SELECT ${STORED} FROM fresh_events ORDER BY at`;
}
