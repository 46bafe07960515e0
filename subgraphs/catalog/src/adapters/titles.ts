import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isUniqueViolation, type SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Page, ShowingSearch, TitlePosition, Titles } from '../domain/ports.ts';
import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';

const COLUMNS = Prisma.raw(`title.id, kind::text, name, description, languages, genres,
  duration_minutes AS "durationMinutes", age_rating AS "ageRating", release_date::text AS "releaseDate", director,
  performers, poster_url AS "posterUrl"`);

/** Films and live events. */
export class TitleRepository implements Titles {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async withIds(ids: readonly string[]): Promise<Title[]> {
    const wanted = ids.filter(isPossibleId);
    if (wanted.length === 0) return [];
    return this.#client.$queryRaw<Title[]>`SELECT ${COLUMNS} FROM titles AS title WHERE id = ANY (${wanted})`;
  }

  async showing(search: ShowingSearch, { after, limit }: Page<TitlePosition>): Promise<(Title & TitlePosition)[]> {
    const behind = after
      ? Prisma.sql`(sort_name, title.id) > (${after.sortName} COLLATE "C", ${after.id})`
      : Prisma.sql`true`;
    return this.#client.$queryRaw<(Title & TitlePosition)[]>`
      SELECT ${COLUMNS}, sort_name AS "sortName" FROM titles AS title
      WHERE ${isShown(search)} AND ${behind}
      ORDER BY sort_name, title.id LIMIT ${limit + 1}`;
  }

  async countShowing(search: ShowingSearch): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM titles AS title WHERE ${isShown(search)}`;
    return row?.count ?? 0;
  }

  async create(title: Title, createdBy: string): Promise<Title | null> {
    try {
      await insertTitles(this.#client, [title], createdBy);
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'titles_once_a_film')) throw error;
      return this.#film(title);
    }
  }

  async #film({ name, releaseDate }: Title): Promise<Title> {
    const [film] = await this.#client.$queryRaw<Title[]>`
      SELECT ${COLUMNS} FROM titles AS title
      WHERE kind = 'MOVIE' AND sort_name = ${foldName(name)} AND release_date = ${releaseDate}::date`;
    if (!film) throw new Error(`The film ${name} was refused as a double and then not found`);
    return film;
  }
}

/** The condition that a title has a show: its titles are listed from an index alone, once each. */
function isShown({ cityCode, date, now, kind }: ShowingSearch): Prisma.Sql {
  const ofKind = kind === null ? Prisma.sql`true` : Prisma.sql`kind = ${kind}::"TitleKind"`;
  const when =
    date === null
      ? Prisma.sql`starts_at > ${now}::timestamptz AND local_date >= ${now}::timestamptz::date - 1`
      : Prisma.sql`local_date = ${date}::date`;
  return Prisma.sql`${ofKind} AND title.id IN (
    SELECT title_id FROM shows WHERE city_code = ${cityCode} AND ${when} AND cancelled_at IS NULL)`;
}

/** Stores titles by one statement; fails where a film is there already, unless `skipExisting`. */
export async function insertTitles(
  tx: SqlTransaction,
  titles: readonly Title[],
  createdBy: string,
  { skipExisting = false } = {},
): Promise<void> {
  const rows = JSON.stringify(titles.map((title) => ({ ...title, sortName: foldName(title.name) })));
  await tx.$executeRaw`
    INSERT INTO titles (id, kind, name, sort_name, description, languages, genres, duration_minutes, age_rating,
      release_date, director, performers, poster_url, created_by)
    SELECT id, kind::"TitleKind", name, "sortName", description, languages, genres, "durationMinutes", "ageRating",
      "releaseDate", director, performers, "posterUrl", ${createdBy}
    FROM jsonb_to_recordset(${rows}::jsonb) AS title (
      id text, kind text, name text, "sortName" text, description text, languages text[], genres text[],
      "durationMinutes" int, "ageRating" text, "releaseDate" date, director text, performers text[], "posterUrl" text)
    ${skipExisting ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty}`;
}
