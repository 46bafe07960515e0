import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-search';

import { halfLives } from '../domain/popularity.ts';
import type { Documents, PageOfRanked, Serving } from '../domain/ports.ts';
import {
  type Conditions,
  type Facet,
  type FacetValue,
  type FoundDocument,
  type FoundPage,
  MAX_CANDIDATES,
  type Ranking,
} from '../domain/search.ts';
import type { Suggesting } from '../domain/suggestion.ts';
import { all } from '../domain/words.ts';
import { filterQuery, scopeOf } from './scope.ts';

/** Documents from which texts are suggested. */
const SUGGESTING = 200;
/** Documents beyond the popular ones whose name begins with the text. */
const COLD_NAMES = 100;
const FACET_VALUES = 50;

interface FoundRow {
  readonly total: number;
  readonly strong: number;
  readonly facets: readonly ({ readonly name: Facet['name'] } & FacetValue)[];
  readonly documents: readonly FoundDocument[];
}

/**
 * Finds and ranks documents in one statement: candidates are capped, the most popular first, and only these are ranked.
 */
export class DocumentRepository implements Documents {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async find(serving: Serving, conditions: Conditions, ranking: Ranking, page: PageOfRanked): Promise<FoundPage> {
    const found = await this.#find({ ...serving, hasCold: false }, conditions, ranking, page);
    if (!serving.hasCold || found.total >= MAX_CANDIDATES) return found;
    return this.#find(serving, conditions, ranking, page);
  }

  async #find(serving: Serving, conditions: Conditions, ranking: Ranking, page: PageOfRanked): Promise<FoundPage> {
    const { ctes, join } = scopeOf(serving.slot, conditions, page.at);
    const after = page.after
      ? Prisma.sql`WHERE score < ${page.after.score}::float8 OR (score = ${page.after.score}::float8 AND id > ${page.after.id})`
      : Prisma.empty;
    const [row] = await this.#sql.$queryRaw<FoundRow[]>`
      WITH ${ctes} candidates AS MATERIALIZED (${candidates(serving, conditions, ranking, join)}),
      ranked AS MATERIALIZED (
        SELECT id, kind, genres, languages, shown, ${scoreOf(ranking, page.at)} AS score, ${strength(ranking)} AS strong
        FROM candidates
      ), page AS (SELECT id, score FROM ranked ${after} ORDER BY score DESC, id LIMIT ${page.limit + 1})
      SELECT (SELECT count(*)::int FROM ranked) AS total, (SELECT count(*) FILTER (WHERE strong)::int FROM ranked) AS strong,
        (SELECT coalesce(json_agg(each ORDER BY count DESC, value), '[]') FROM (${FACETS}) AS each) AS facets,
        (SELECT coalesce(json_agg(json_build_object('id', d.id, 'kind', kind, 'score', score, 'name', name,
            'people', people, 'genres', genres, 'description', left(description, 2000)) ORDER BY score DESC, d.id), '[]')
          FROM page JOIN documents d ON d.slot = ${serving.slot}::int2 AND d.id = page.id) AS documents`;
    const { total = 0, strong = 0, facets = [], documents = [] } = row ?? {};
    return { total: Math.min(total, MAX_CANDIDATES), strong, facets: byName(facets), documents };
  }

  suggesting({ slot }: Serving, cityCode: string | null, query: string | null, at: Date): Promise<Suggesting[]> {
    const conditions = { cityCode, kinds: null, genres: null, languages: null, date: null, near: null };
    const { ctes, join } = scopeOf(slot, conditions, at);
    const matches =
      query === null ? Prisma.empty : Prisma.sql`AND words @@ ${query}::tsquery AND names @@ ${query}::tsquery`;
    const from = (isHot: boolean) => Prisma.sql`
      SELECT kind, name, people, genres, popularity, d.id FROM documents d ${join}
      WHERE slot = ${slot}::int2 AND ${isHot ? Prisma.sql`hot` : Prisma.sql`NOT hot`} ${matches}`;
    return this.#sql.$queryRaw<Suggesting[]>`
      WITH ${ctes} hot AS MATERIALIZED (${from(true)} ORDER BY popularity DESC, d.id LIMIT ${SUGGESTING}),
      cold AS (${from(false)} LIMIT (SELECT greatest(0, ${SUGGESTING} - count(*)) FROM hot))
      SELECT id, kind::text, name, people, genres FROM (SELECT * FROM hot UNION ALL SELECT * FROM cold) AS found
      ORDER BY popularity DESC, id` as Promise<Suggesting[]>;
  }
}

/** Popular matches; with cold documents also others, of which those come first whose name begins with the text. */
function candidates(serving: Serving, conditions: Conditions, ranking: Ranking, join: Prisma.Sql): Prisma.Sql {
  const filter = filterQuery(conditions);
  const query = [ranking.matches, filter].filter((each) => each !== null);
  const matches = query.length === 0 ? Prisma.empty : Prisma.sql`AND words @@ ${all(query)}::tsquery`;
  const filtered = filter === null ? Prisma.empty : Prisma.sql`AND words @@ ${filter}::tsquery`;
  const from = (where: Prisma.Sql) => Prisma.sql`
    SELECT d.id, kind, genres, languages, folded_name, names, popularity, rating, open, km, shown
    FROM documents d ${join} WHERE slot = ${serving.slot}::int2 AND ${where}`;
  const hot = Prisma.sql`(${from(Prisma.sql`hot ${matches}`)} ORDER BY popularity DESC, d.id LIMIT ${MAX_CANDIDATES})`;
  if (!serving.hasCold) return hot;
  const cold = Prisma.sql`(${from(Prisma.sql`NOT hot ${matches}`)} LIMIT ${MAX_CANDIDATES})`;
  if (ranking.folded === '') return Prisma.sql`${hot} UNION ALL ${cold}`;
  const begun = Prisma.sql`(${from(Prisma.sql`NOT hot AND folded_name LIKE ${`${ranking.folded}%`} ${filtered}`)} LIMIT ${COLD_NAMES})`;
  return Prisma.sql`SELECT DISTINCT ON (id) * FROM (${hot} UNION ALL ${begun} UNION ALL ${cold}) AS found`;
}

/** Weights of a description, of a genre or place, of people and of the name. */
const RANK_WEIGHTS = '{0.05, 0.2, 0.7, 1}';

/** From 0 to about 1.6: how well names match counts most. */
function scoreOf(ranking: Ranking, at: Date): Prisma.Sql {
  const recent = Prisma.sql`power(2, greatest(popularity - ${halfLives(at)}::float8, -60))`;
  return Prisma.sql`(${textScore(ranking)} + 0.15 * ${recent} / (${recent} + 50) + 0.08 * (rating - 1) / 4
    + 0.15 * coalesce(exp(-km / 10), 0) - CASE WHEN open IS FALSE THEN 0.1 ELSE 0 END)::float8`;
}

function textScore({ folded, matches }: Ranking): Prisma.Sql {
  if (matches === null) return Prisma.sql`0`;
  return Prisma.sql`0.5 * CASE WHEN folded_name = ${folded} THEN 1 WHEN starts_with(folded_name, ${folded}) THEN 0.7 + 0.2 * ${folded.length} / length(folded_name)
      WHEN position(${` ${folded}`} IN folded_name) > 0 THEN 0.75 ELSE 0.7 * similarity(folded_name, ${folded}) END
    + 0.4 * ts_rank(${RANK_WEIGHTS}::float4[], names, ${matches}::tsquery, 32)
    + 0.2 * (names @@ ${matches}::tsquery)::int`;
}

function strength({ strong }: Ranking): Prisma.Sql {
  return strong === null ? Prisma.sql`true` : Prisma.sql`names @@ ${strong}::tsquery`;
}

const FACETS = Prisma.sql`
  SELECT 'kind' AS name, kind::text AS value, count(*)::int AS count FROM ranked WHERE kind <> 'VENUE' GROUP BY kind
  UNION ALL SELECT 'genres', value, count(*)::int FROM ranked, unnest(genres) AS value GROUP BY value
  UNION ALL SELECT 'languages', value, count(*)::int FROM ranked, unnest(coalesce(shown, languages)) AS value GROUP BY value`;

function byName(values: FoundRow['facets']): Facet[] {
  return (['kind', 'genres', 'languages'] as const).map((name) => ({
    name,
    values: values
      .filter((each) => each.name === name)
      .slice(0, FACET_VALUES)
      .map(({ value, count }) => ({ value, count })),
  }));
}
