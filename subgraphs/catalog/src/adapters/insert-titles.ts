import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';

import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';

/** Stores titles in one statement. @param options `skipExisting` skips films that exist, instead of failing */
export async function insertTitles(
  tx: SqlTransaction,
  titles: readonly Title[],
  { skipExisting = false } = {},
): Promise<void> {
  const rows = JSON.stringify(titles.map((title) => ({ ...title, sortName: foldName(title.name) })));
  await tx.$executeRaw`
    INSERT INTO titles (id, kind, name, sort_name, description, languages, genres, duration_minutes, age_rating,
      release_date, director, performers, poster_url, organisation_id)
    SELECT id, kind::"TitleKind", name, "sortName", description, languages, genres, "durationMinutes", "ageRating",
      "releaseDate", director, performers, "posterUrl", "organisationId"
    FROM jsonb_to_recordset(${rows}::jsonb) AS title (
      id text, kind text, name text, "sortName" text, description text, languages text[], genres text[],
      "durationMinutes" int, "ageRating" text, "releaseDate" date, director text, performers text[], "posterUrl" text,
      "organisationId" text)
    ${skipExisting ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty}`;
}
