import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import { OTHER } from '../../domain/event-names.ts';
import { STAGED_COLUMNS } from './copy-lines.ts';

const WEEK_SECONDS = 7 * 24 * 60 * 60;
/** Tables of the ids of even and odd weeks. */
const ID_TABLES = [Prisma.raw('event_ids_even'), Prisma.raw('event_ids_odd')] as const;

/** Columns of a staged event that a fresh one has from elsewhere. */
const OTHERS = Prisma.raw(
  STAGED_COLUMNS.split(', ')
    .filter((name) => name !== 'title_id')
    .map((name) => `staged.${name}`)
    .join(', '),
);
const OTHER_COLUMNS = Prisma.raw(
  STAGED_COLUMNS.split(', ')
    .filter((name) => name !== 'title_id')
    .join(', '),
);

/** Takes the staged events that are new, each once, to `fresh_events`. @returns how many they are */
export async function takeFresh(tx: SqlTransaction): Promise<number> {
  await anonymiseErased(tx);
  const { present, former } = await idTables(tx);
  return tx.$executeRaw`
    WITH added AS (
      INSERT INTO ${present} (id)
      SELECT DISTINCT id FROM staged_events AS staged
      WHERE NOT EXISTS (SELECT FROM ${former} AS known WHERE known.id = staged.id) ORDER BY id
      ON CONFLICT DO NOTHING RETURNING id
    )
    INSERT INTO fresh_events (title_id, suspicious, code, counted_name, mark, ${OTHER_COLUMNS})
    SELECT DISTINCT ON (staged.id) coalesce(staged.title_id, show.title_id),
      EXISTS (
        SELECT FROM suspects
        WHERE actor_id IN (staged.user_id, staged.visitor::text) AND (until IS NULL OR until > clock_timestamp())),
      counted.code, counted.name, (extract(epoch FROM staged.at) * 1000)::bigint * 2048 + counted.code, ${OTHERS}
    FROM added JOIN staged_events AS staged USING (id)
    LEFT JOIN show_titles AS show ON show.show_id = staged.show_id
    LEFT JOIN event_names AS known ON known.name = staged.name
    JOIN event_names AS counted ON counted.name = coalesce(known.name, ${OTHER})
    ORDER BY staged.id, staged.received_at`;
}

/** Events of somebody who is erased meanwhile stay, as those of nobody known. */
async function anonymiseErased(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    UPDATE staged_events SET user_id = NULL, search_text = NULL, properties = NULL
    FROM erased_people AS erased WHERE erased.id = user_id`;
}

/** The tables of this week's ids and of last week's. At the turn of a week, those of the week before last are forgotten. */
async function idTables(tx: SqlTransaction): Promise<{ present: Prisma.Sql; former: Prisma.Sql }> {
  const [turn] = await tx.$queryRaw<{ known: number | null; week: number }[]>`
    SELECT known, greatest(known, floor(extract(epoch FROM clock_timestamp()) / ${WEEK_SECONDS}::int)::int) AS week
    FROM (SELECT max(week) AS known FROM event_id_week) AS stored`;
  const { known, week } = turn ?? { known: null, week: 0 };
  const [present, former] = week % 2 === 0 ? ID_TABLES : [ID_TABLES[1], ID_TABLES[0]];
  if (known !== week) {
    await tx.$executeRaw`TRUNCATE ${present}`;
    await tx.$executeRaw`
      INSERT INTO event_id_week (week) VALUES (${week}::int) ON CONFLICT (one) DO UPDATE SET week = excluded.week`;
  }
  return { present, former };
}
