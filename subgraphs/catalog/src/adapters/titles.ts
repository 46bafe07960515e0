import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Page, RankedTitleSortKey, ShowingSearch, TitleSearch, TitleSortKey } from '../domain/listing.ts';
import type { Titles } from '../domain/ports.ts';
import { foldName } from '../domain/text.ts';
import type { Title, TitleChanges, TitleKind } from '../domain/title.ts';
import { catalogAudited } from './catalog-events.ts';
import { FactsRepository } from './facts.ts';
import { insertTitles } from './insert-titles.ts';
import { nameMatches, nameRank } from './name-search.ts';

const COLUMNS = Prisma.raw(`title.id, kind::text, name, description, languages, genres,
  duration_minutes AS "durationMinutes", age_rating AS "ageRating", release_date::text AS "releaseDate", director,
  performers, poster_url AS "posterUrl", organisation_id AS "organisationId"`);

/** Films and live events. */
export class TitleRepository implements Titles {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async findMany(ids: readonly string[]): Promise<Title[]> {
    const possible = ids.filter(isPossibleId);
    if (possible.length === 0) return [];
    return this.#client.$queryRaw<Title[]>`SELECT ${COLUMNS} FROM titles AS title WHERE id = ANY (${possible})`;
  }

  /** Up to `limit + 1` titles that have a show, by name. */
  async showing(search: ShowingSearch, { after, limit }: Page<TitleSortKey>): Promise<(Title & TitleSortKey)[]> {
    const isAfter = after
      ? Prisma.sql`(sort_name, title.id) > (${after.sortName} COLLATE "C", ${after.id})`
      : Prisma.sql`true`;
    return this.#client.$queryRaw<(Title & TitleSortKey)[]>`
      SELECT ${COLUMNS}, sort_name AS "sortName" FROM titles AS title
      WHERE ${hasShow(search)} AND ${isAfter}
      ORDER BY sort_name, title.id LIMIT ${limit + 1}`;
  }

  async countShowing(search: ShowingSearch): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM titles AS title WHERE ${hasShow(search)}`;
    return row?.count ?? 0;
  }

  /** Up to `limit + 1` titles found by name. */
  async search(
    search: TitleSearch,
    { after, limit }: Page<RankedTitleSortKey>,
  ): Promise<(Title & RankedTitleSortKey)[]> {
    const isAfter = after
      ? Prisma.sql`(rank, sort_name, id) > (${after.rank}::float8, ${after.sortName} COLLATE "C", ${after.id})`
      : Prisma.sql`true`;
    return this.#client.$queryRaw<(Title & RankedTitleSortKey)[]>`
      SELECT ${COLUMNS}, rank, sort_name AS "sortName"
      FROM (SELECT *, ${nameRank('sort_name', search.search)} AS rank FROM titles WHERE ${isNamed(search)}) AS title
      WHERE ${isAfter}
      ORDER BY rank, sort_name, id LIMIT ${limit + 1}`;
  }

  async countNamed(search: TitleSearch): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM titles WHERE ${isNamed(search)}`;
    return row?.count ?? 0;
  }

  async create(title: Title, by: string): Promise<Title | null> {
    const subject = { subjectType: 'Title', subjectId: title.id } as const;
    const action = catalogAudited(by, 'title.created', subject, `for ${title.organisationId}`);
    try {
      await this.#client.$transaction(async (tx) => {
        await insertTitles(tx, [title]);
        await appendToOutbox(tx, [action]);
      });
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'titles_once_a_film')) throw error;
      return this.#sameFilm(title);
    }
  }

  async update(title: Title, changes: TitleChanges, by: string): Promise<Title | null> {
    const data = toColumns(changes);
    const subject = { subjectType: 'Title', subjectId: title.id } as const;
    const action = catalogAudited(by, 'title.changed', subject, Object.keys(changes).join(', ') || null);
    try {
      await this.#client.$transaction(async (tx) => {
        await tx.title.updateMany({ where: { id: title.id }, data: { ...data, version: { increment: 1 } } });
        await new FactsRepository(tx).emitTitles([title.id]);
        await appendToOutbox(tx, [action]);
      });
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'titles_once_a_film')) throw error;
      return this.#sameFilm({ ...title, ...changes });
    }
  }

  async #sameFilm({ name, releaseDate }: Title): Promise<Title> {
    const [film] = await this.#client.$queryRaw<Title[]>`
      SELECT ${COLUMNS} FROM titles AS title
      WHERE kind = 'MOVIE' AND sort_name = ${foldName(name)} AND release_date = ${releaseDate}::date`;
    if (!film) throw new Error(`The film ${name} was refused as a duplicate, but none was found`);
    return film;
  }
}

function isNamed({ search, kind }: TitleSearch): Prisma.Sql {
  return Prisma.sql`${isOfKind(kind)} AND ${nameMatches('sort_name', search)}`;
}

function isOfKind(kind: TitleKind | null): Prisma.Sql {
  return kind === null ? Prisma.sql`true` : Prisma.sql`kind = ${kind}::"TitleKind"`;
}

function toColumns({ releaseDate, languages, genres, ...changes }: TitleChanges) {
  return {
    ...changes,
    ...(languages && { languages: [...languages] }),
    ...(genres && { genres: [...genres] }),
    ...(changes.name !== undefined && { sortName: foldName(changes.name) }),
    ...(releaseDate !== undefined && { releaseDate: releaseDate === null ? null : new Date(releaseDate) }),
  };
}

/** Whether a title has a matching show. */
function hasShow({ cityCode, date, now, kind }: ShowingSearch): Prisma.Sql {
  const when =
    date === null
      ? Prisma.sql`starts_at > ${now}::timestamptz AND local_date >= ${now}::timestamptz::date - 1`
      : Prisma.sql`local_date = ${date}::date`;
  return Prisma.sql`${isOfKind(kind)} AND title.id IN (
    SELECT title_id FROM shows WHERE city_code = ${cityCode} AND ${when} AND cancelled_at IS NULL)`;
}
