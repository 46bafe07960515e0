import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { appendToOutbox, audited } from '@marquee/events';
import { Prisma } from '@marquee/prisma-support';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { ArticlePage, FoundArticle, HelpArticle } from '../domain/help-article.ts';
import { localeChain, searchConfiguration } from '../domain/locales.ts';
import type { HelpArticles, SavedArticle } from '../domain/ports.ts';

const COLUMNS = Prisma.raw(`t.article_id AS id, t.locale, t.title, t.body, t.published, t.version,
  t.updated_at AS "updatedAt", a.created_at AS "createdAt"`);

/** Words of a search that are taken for misspelled. */
const CORRECTED_WORDS = 3;

/** Help articles, each in the languages that it has. */
export class HelpArticleRepository implements HelpArticles {
  readonly #client: SqlDatabase & SqlTransaction;

  constructor(client: SqlDatabase & SqlTransaction) {
    this.#client = client;
  }

  /** An article in the best language for the reader. */
  async find(id: string, locale: string, withDrafts: boolean): Promise<HelpArticle | null> {
    const [article] = await this.#client.$queryRaw<HelpArticle[]>`
      SELECT ${COLUMNS} FROM ${readable(locale, withDrafts)} AND a.id = ANY (${[id].filter(isPossibleId)})`;
    return article ?? null;
  }

  async list({ limit, locale, withDrafts, search, after }: ArticlePage): Promise<FoundArticle[]> {
    // A query without a word that counts is null, which matches nothing.
    const words = Prisma.sql`plainto_tsquery(wanted.configuration::regconfig, unaccent(${search}))::text`;
    const query = Prisma.sql`(nullif(${words}, '') || ':*')::tsquery`;
    const matches = search === null ? Prisma.empty : Prisma.sql`AND t.search @@ ${query}`;
    const rank =
      search === null
        ? Prisma.sql`extract(epoch FROM a.created_at)::int`
        : Prisma.sql`(ts_rank(t.search, ${query}) * 1e8)::int`;
    const start = after ? Prisma.sql`WHERE (rank, id) < (${after.rank}::int, ${after.id})` : Prisma.empty;
    return this.#client.$queryRaw<FoundArticle[]>`
      SELECT * FROM (SELECT ${COLUMNS}, ${rank} AS rank FROM ${readable(locale, withDrafts)} ${matches}) AS found
      ${start} ORDER BY rank DESC, id DESC LIMIT ${limit + 1}`;
  }

  async otherLocales({ locale, withDrafts }: ArticlePage): Promise<string[]> {
    const visible = withDrafts ? Prisma.empty : Prisma.sql`AND published`;
    const rows = await this.#client.$queryRaw<{ locale: string }[]>`
      SELECT locale FROM help_article_texts WHERE locale <> ALL (${localeChain(locale)}::text[]) ${visible}
      GROUP BY locale ORDER BY count(*) DESC, locale LIMIT 5`;
    return rows.map((row) => row.locale);
  }

  /**
   * A search whose first unknown words are replaced by the nearest that a text has: one letter off, of six letters or more
   * two. The first letter is taken as it is. Null when that changes nothing.
   */
  async corrected({ locale, withDrafts }: ArticlePage, search: string): Promise<string | null> {
    const locales = localeChain(locale);
    const visible = withDrafts ? Prisma.empty : Prisma.sql`AND published_texts > 0`;
    const words = await this.#client.$queryRaw<{ word: string }[]>`
      WITH wanted AS (
        SELECT * FROM unnest(${locales}::text[], ${locales.map(searchConfiguration)}::text[]) AS wanted (locale, configuration)
      ), given AS (
        SELECT word, place, locale, (
          SELECT min(stem) FROM unnest(tsvector_to_array(to_tsvector(configuration::regconfig, unaccent(word)))) AS stem
          WHERE octet_length(stem) < 256) AS stem
        FROM unnest(${search.split(' ')}::text[]) WITH ORDINALITY AS given (word, place) CROSS JOIN wanted
      ), unknown AS (
        SELECT place FROM given LEFT JOIN help_words k ON k.locale = given.locale AND lexeme = stem ${visible}
        GROUP BY place HAVING count(lexeme) = 0 AND max(length(stem)) > 3 ORDER BY place LIMIT ${CORRECTED_WORDS}
      ), near AS (
        SELECT place, lexeme, levenshtein(lexeme, stem) AS distance
        FROM unknown JOIN given USING (place) JOIN help_words k ON k.locale = given.locale
          AND left(lexeme, 1) = left(stem, 1) AND length(lexeme) BETWEEN length(stem) - 2 AND length(stem) + 2 ${visible}
        WHERE length(stem) > 3
          AND levenshtein_less_equal(lexeme, stem, 2) <= CASE WHEN length(stem) < 6 THEN 1 ELSE 2 END
      )
      SELECT coalesce((
        SELECT lexeme FROM near WHERE near.place = each.place ORDER BY distance, lexeme LIMIT 1), word) AS word
      FROM (SELECT DISTINCT word, place FROM given) AS each ORDER BY place`;
    const corrected = words.map(({ word }) => word).join(' ');
    return corrected === search ? null : corrected;
  }

  save({ id, isNew, version, editorId, ...text }: SavedArticle): Promise<HelpArticle | 'UNKNOWN' | 'CHANGED'> {
    return this.#client.$sqlTransaction(async (tx) => {
      if (isNew) await tx.$executeRaw`INSERT INTO help_articles (id, created_at) VALUES (${id}, clock_timestamp())`;
      const [article] = await tx.$queryRaw<{ createdAt: Date }[]>`
        SELECT created_at AS "createdAt" FROM help_articles WHERE id = ${id} FOR UPDATE`;
      if (!article) return 'UNKNOWN';
      const saved = await writeText(tx, { id, version, editorId, ...text });
      if (!saved) return 'CHANGED';
      const detail = `${saved.locale}, ${saved.published ? 'published' : 'a draft'}, version ${saved.version}`;
      const action = { actorId: editorId, action: 'help-article.saved', subjectType: 'HelpArticle', subjectId: id };
      await appendToOutbox(tx, [audited('support', { ...action, detail })]);
      return { ...saved, ...article };
    });
  }
}

/** The texts of articles, `t`, that are the best for a reader, of articles `a`, as a list of tables with a condition. */
function readable(locale: string, withDrafts: boolean) {
  const locales = localeChain(locale);
  const visible = (table: string) => (withDrafts ? Prisma.empty : Prisma.raw(`AND ${table}.published`));
  return Prisma.sql`
    unnest(${locales}::text[], ${locales.map(searchConfiguration)}::text[]) WITH ORDINALITY
      AS wanted (locale, configuration, preference)
    JOIN help_article_texts t ON t.locale = wanted.locale ${visible('t')}
    JOIN help_articles a ON a.id = t.article_id
    WHERE NOT EXISTS (SELECT FROM help_article_texts better WHERE better.article_id = t.article_id
      AND array_position(${locales}::text[], better.locale) < wanted.preference ${visible('better')})`;
}

type Text = Omit<SavedArticle, 'isNew'>;

/** @returns null when the text was saved since the version that the editor knows */
async function writeText(
  tx: SqlTransaction,
  { id, locale, title, body, published, version, editorId }: Text,
): Promise<Omit<HelpArticle, 'createdAt'> | null> {
  const configuration = searchConfiguration(locale);
  const [titleWords, bodyWords] = [title, body].map((text) => text.normalize('NFC').toLowerCase());
  const [saved] = await tx.$queryRaw<Omit<HelpArticle, 'createdAt'>[]>`
    INSERT INTO help_article_texts AS known
      (article_id, locale, title, body, published, version, editor_id, updated_at, search)
    VALUES (${id}, ${locale}, ${title}, ${body}, ${published}::boolean, 1, ${editorId}, clock_timestamp(),
      setweight(to_tsvector(${configuration}::regconfig, unaccent(${titleWords})), 'A')
        || setweight(to_tsvector(${configuration}::regconfig, unaccent(${bodyWords})), 'B'))
    ON CONFLICT (article_id, locale) DO UPDATE SET title = excluded.title, body = excluded.body,
      published = excluded.published, version = known.version + 1, editor_id = excluded.editor_id,
      updated_at = excluded.updated_at, search = excluded.search
    WHERE known.version = coalesce(${version}::int, known.version)
    RETURNING article_id AS id, locale, title, body, published, version, updated_at AS "updatedAt"`;
  return saved ?? null;
}
