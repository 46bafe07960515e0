import { isUniqueViolation, type SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Page, ShowingSearch, TitleSortKey } from '../domain/listing.ts';
import type { Titles } from '../domain/ports.ts';
import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';
import { insertTitles } from './insert-titles.ts';

const COLUMNS = Prisma.raw(`title.id, kind::text, name, description, languages, genres,
  duration_minutes AS "durationMinutes", age_rating AS "ageRating", release_date::text AS "releaseDate", director,
  performers, poster_url AS "posterUrl"`);

/** Films and live events. */
export class TitleRepository implements Titles {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async findMany(ids: readonly string[]): Promise<Title[]> {
    const possible = ids.filter(isPossibleId);
    if (possible.length === 0) return [];
    return this.#sql.$queryRaw<Title[]>`SELECT ${COLUMNS} FROM titles AS title WHERE id = ANY (${possible})`;
  }

  /** Up to `limit + 1` titles that have a show, by name. */
  async showing(search: ShowingSearch, { after, limit }: Page<TitleSortKey>): Promise<(Title & TitleSortKey)[]> {
    const isAfter = after
      ? Prisma.sql`(sort_name, title.id) > (${after.sortName} COLLATE "C", ${after.id})`
      : Prisma.sql`true`;
    return this.#sql.$queryRaw<(Title & TitleSortKey)[]>`
      SELECT ${COLUMNS}, sort_name AS "sortName" FROM titles AS title
      WHERE ${hasShow(search)} AND ${isAfter}
      ORDER BY sort_name, title.id LIMIT ${limit + 1}`;
  }

  async countShowing(search: ShowingSearch): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM titles AS title WHERE ${hasShow(search)}`;
    return row?.count ?? 0;
  }

  async create(title: Title, createdBy: string): Promise<Title | null> {
    try {
      await insertTitles(this.#sql, [title], createdBy);
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'titles_once_a_film')) throw error;
      return this.#sameFilm(title);
    }
  }

  async #sameFilm({ name, releaseDate }: Title): Promise<Title> {
    const [film] = await this.#sql.$queryRaw<Title[]>`
      SELECT ${COLUMNS} FROM titles AS title
      WHERE kind = 'MOVIE' AND sort_name = ${foldName(name)} AND release_date = ${releaseDate}::date`;
    if (!film) throw new Error(`The film ${name} was refused as a duplicate, but none was found`);
    return film;
  }
}

/** Whether a title has a matching show. */
function hasShow({ cityCode, date, now, kind }: ShowingSearch): Prisma.Sql {
  const ofKind = kind === null ? Prisma.sql`true` : Prisma.sql`kind = ${kind}::"TitleKind"`;
  const when =
    date === null
      ? Prisma.sql`starts_at > ${now}::timestamptz AND local_date >= ${now}::timestamptz::date - 1`
      : Prisma.sql`local_date = ${date}::date`;
  return Prisma.sql`${ofKind} AND title.id IN (
    SELECT title_id FROM shows WHERE city_code = ${cityCode} AND ${when} AND cancelled_at IS NULL)`;
}
