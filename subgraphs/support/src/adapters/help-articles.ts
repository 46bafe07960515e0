import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { appendToOutbox, audited } from '@marquee/events';
import { Prisma } from '@marquee/prisma-support';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { HelpArticle } from '../domain/help-article.ts';
import { localeChain, searchConfiguration } from '../domain/locales.ts';
import type { HelpArticles, SavedArticle } from '../domain/ports.ts';

/** A page of articles in the best language for a reader. */
export interface ArticlePage {
  readonly limit: number;
  readonly locale: string;
  readonly withDrafts: boolean;
  /** Words, all of which a text must have; the last may be unfinished. Null for all articles, the latest first. */
  readonly search: string | null;
  /** The rank and id of the article before the page. */
  readonly after: { readonly rank: number; readonly id: string } | null;
}

export interface FoundArticle extends HelpArticle {
  /** How well it fits, or when it was made. Orders the list. */
  readonly rank: number;
}

const COLUMNS = Prisma.raw(`t.article_id AS id, t.locale, t.title, t.body, t.published, t.version,
  t.updated_at AS "updatedAt", a.created_at AS "createdAt"`);

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
  const [saved] = await tx.$queryRaw<Omit<HelpArticle, 'createdAt'>[]>`
    INSERT INTO help_article_texts AS known
      (article_id, locale, title, body, published, version, editor_id, updated_at, search)
    VALUES (${id}, ${locale}, ${title}, ${body}, ${published}::boolean, 1, ${editorId}, clock_timestamp(),
      setweight(to_tsvector(${configuration}::regconfig, unaccent(${title})), 'A')
        || setweight(to_tsvector(${configuration}::regconfig, unaccent(${body})), 'B'))
    ON CONFLICT (article_id, locale) DO UPDATE SET title = excluded.title, body = excluded.body,
      published = excluded.published, version = known.version + 1, editor_id = excluded.editor_id,
      updated_at = excluded.updated_at, search = excluded.search
    WHERE known.version = coalesce(${version}::int, known.version)
    RETURNING article_id AS id, locale, title, body, published, version, updated_at AS "updatedAt"`;
  return saved ?? null;
}
