import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';

import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';
import { FactsRepository } from './facts.ts';

/** Stores titles in one statement and emits them. @param options `skipExisting` skips films that exist, instead of failing */
export async function insertTitles(
  tx: SqlTransaction,
  titles: readonly Title[],
  { skipExisting = false } = {},
): Promise<void> {
  const rows = JSON.stringify(titles.map((title) => ({ ...title, sortName: foldName(title.name) })));
  const stored = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO titles (id, kind, name, sort_name, description, languages, genres, duration_minutes, age_rating,
      release_date, director, performers, poster_url, organisation_id)
    SELECT id, kind::"TitleKind", name, "sortName", description, languages, genres, "durationMinutes", "ageRating",
      "releaseDate", director, performers, "posterUrl", "organisationId"
    FROM jsonb_to_recordset(${rows}::jsonb) AS title (
      id text, kind text, name text, "sortName" text, description text, languages text[], genres text[],
      "durationMinutes" int, "ageRating" text, "releaseDate" date, director text, performers text[], "posterUrl" text,
      "organisationId" text)
    ${skipExisting ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty}
    RETURNING id`;
  await new FactsRepository(tx).emitTitles(stored.map(({ id }) => id));
}
