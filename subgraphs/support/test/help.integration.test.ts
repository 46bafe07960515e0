import type { SqlTransaction } from '@marquee/database';
import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { HelpArticleRepository } from '../src/adapters/help-articles.ts';
import { codesOf, openSupport, user } from './harness.ts';

const { ask, database, execute, statements } = await openSupport();
const editor = user('usr_editor', ['help:write']);
const ANYBODY: Caller = { kind: 'anonymous' };

const SAVE = `mutation ($input: SaveHelpArticleInput!) {
  saveHelpArticle(input: $input) {
    __typename ... on SaveHelpArticlePayload { article { id articleId locale title published version } } ... on UserError { message }
  }
}`;
const LIST = `query ($search: String, $locale: String, $drafts: Boolean, $first: Int, $after: String) {
  helpArticles(search: $search, locale: $locale, drafts: $drafts, first: $first, after: $after) {
    edges { node { id articleId title locale published } } pageInfo { hasNextPage endCursor }
  }
}`;
const READ =
  'query ($id: ID!, $locale: String) { helpArticle(id: $id, locale: $locale) { id articleId title html locale } }';

interface Article {
  readonly id: string;
  readonly articleId: string;
  readonly version: number;
}
interface List {
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly title: string; readonly locale: string };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const draft = { body: 'Text', locale: 'en', published: true };
async function save(input: Record<string, unknown>): Promise<Article> {
  const { article } = await ask<{ article: Article }>(SAVE, editor, { input: { ...draft, ...input } });
  return article;
}
const titles = async (variables: Record<string, unknown>, caller: Caller = ANYBODY) =>
  (await ask<List>(LIST, caller, variables)).edges.map(({ node }) => node.title);

test('an article is found in the reader’s language, else in English, by words in any form', async () => {
  const { id } = await save({ title: 'Refunds of bookings', body: 'Cancelling **gives** the money back.' });
  await save({ id, title: 'Rückerstattungen', body: 'Wer storniert, bekommt Geld zurück.', locale: 'de' });
  await save({ id, title: 'राशि की वापसी', body: 'बुकिंग रद्द करने पर राशि वापस मिलती है।', locale: 'hi' });
  expect(await titles({ search: 'refunding' })).toEqual(['Refunds of bookings']);
  expect(await titles({ search: 'canc' })).toEqual(['Refunds of bookings']);
  expect(await titles({ search: 'ruckerstattung', locale: 'de-CH' })).toEqual(['Rückerstattungen']);
  expect(await titles({ search: 'राशि', locale: 'hi' })).toEqual(['राशि की वापसी']);
  // Words of another language than the reader's say what is looked for.
  expect(await titles({ search: 'राशि' })).toEqual(['राशि की वापसी']);
  // Somebody who reads German is not shown the English text beside it.
  expect(await titles({ search: 'refunds', locale: 'de' })).toEqual([]);
  expect(await titles({ search: 'refunds', locale: 'fr' })).toEqual(['Refunds of bookings']);
  // For some of these letters unaccent writes quotes and slashes.
  for (const search of ['???', 'ŉ', '½ ŉ №', 'the', 'a'.repeat(100)]) expect(await titles({ search })).toEqual([]);
  expect(await ask(READ, ANYBODY, { id, locale: 'de-AT' })).toMatchObject({ title: 'Rückerstattungen', locale: 'de' });
  expect(await ask(READ, ANYBODY, { id })).toMatchObject({
    html: '<p>Cancelling <strong>gives</strong> the money back.</p>\n',
  });
});

test.each([
  ['en', 'Wheelchair places', 'Book seats for wheelchairs.', ['wheelchiar places', 'wheelchar', 'boook wheelchairs']],
  ['de', 'Gutscheine einlösen', 'Den Gutschein im Warenkorb eingeben.', ['gutshcein', 'gutschien warenkrob']],
  ['hi', 'टिकट डाउनलोड करें', 'अपना टिकट यहाँ डाउनलोड करें।', ['टिकिट', 'डाउनलाड']],
  ['es', 'Devolución de entradas', 'Cómo devolver una entrada comprada.', ['debolucion', 'entrdas']],
  ['ru', 'Возврат билетов', 'Как вернуть билет.', ['ВОЗВРАТ', 'возрвата']],
])('a typing error in %s does no harm', async (locale, title, body, searches) => {
  await save({ title, body, locale });
  for (const search of searches) expect([search, await titles({ search, locale })]).toEqual([search, [title]]);
});

test('the search for typing errors finds no drafts, pages like any other, and is not misled by long words', async () => {
  await save({ title: 'Zeppelin rides', published: false });
  for (const title of ['Lockers upstairs', 'Lockers downstairs', 'Lockers outside']) await save({ title });
  expect(await titles({ search: 'zepelin' })).toEqual([]);
  expect(await titles({ search: 'zepelin', drafts: true }, editor)).toEqual(['Zeppelin rides']);
  const first = await ask<List>(LIST, ANYBODY, { search: 'lokcers', first: 2 });
  const second = await ask<List>(LIST, ANYBODY, { search: 'lokcers', first: 2, after: first.pageInfo.endCursor });
  expect(new Set([...first.edges, ...second.edges].map(({ node }) => node.id)).size).toBe(3);
  for (const search of ['ल'.repeat(100), `${'x'.repeat(90)} lokcers`]) expect(await titles({ search })).toEqual([]);
});

test('three misspelled words of a search are corrected, however many it has', async () => {
  await save({ title: 'Cloakroom umbrella stroller luggage' });
  expect(await titles({ search: 'cloakrom umbrela stroler' })).toEqual(['Cloakroom umbrella stroller luggage']);
  expect(await titles({ search: 'cloakrom umbrela stroler lugage' })).toEqual([]);
  expect(await titles({ search: 'cloakroom umbrella strollr luggage' })).toEqual([
    'Cloakroom umbrella stroller luggage',
  ]);
});

/** The rows of tables of help that a search for a typing error reads. */
const rowsRead = () =>
  database.$sqlTransaction(async (tx) => {
    const articles = new HelpArticleRepository(tx as typeof database & SqlTransaction);
    const page = { limit: 20, locale: 'en', withDrafts: false, search: null, after: null };
    await articles.corrected(page, 'qzzzzzzz rzzzzzzz szzzzzzz tzzzzzzz');
    const [read] = await tx.$queryRaw<{ words: number; texts: number }[]>`
      SELECT sum(seq_tup_read + idx_tup_fetch) FILTER (WHERE relname = 'help_words')::int AS words,
        sum(seq_tup_read + idx_tup_fetch) FILTER (WHERE relname = 'help_article_texts')::int AS texts
      FROM pg_stat_xact_user_tables`;
    return read;
  });

test('a search for typing errors reads no text, and of many words those that begin alike and are as long', async () => {
  await database.$executeRaw`
    INSERT INTO help_words (locale, lexeme, texts, published_texts)
    SELECT 'en', chr(97 + n % 26) || left(md5(n::text), 2 + n % 16), 1, 1 FROM generate_series(1, 20000) AS n
    ON CONFLICT DO NOTHING`;
  await database.$executeRaw`ANALYZE help_words`;
  const read = await rowsRead();
  await database.$executeRaw`DELETE FROM help_words WHERE lexeme ~ '^.[0-9a-f]{2,17}$' AND texts = 1
    AND NOT EXISTS (SELECT FROM help_article_texts t WHERE t.locale = help_words.locale AND lexeme = ANY (tsvector_to_array(t.search)))`;
  expect(read?.texts).toBe(0);
  expect(read?.words).toBeGreaterThan(0);
  expect(read?.words).toBeLessThan(2_000);
});

test('each text of an article has an id of its own, and every one leads to the article in the reader’s language', async () => {
  const english = await save({ title: 'Lost tickets' });
  const { articleId } = english;
  const german = await save({ id: english.id, title: 'Verlorene Tickets', locale: 'de' });
  expect([english.id, german.id, german.articleId]).toEqual([`${articleId}.en`, `${articleId}.de`, articleId]);
  const listed = await ask<List>(LIST, ANYBODY, { search: 'verlorene', locale: 'de-AT' });
  expect(listed.edges).toMatchObject([{ node: { id: german.id, articleId, locale: 'de' } }]);
  const read = (id: string, locale?: string) => ask<Article | null>(READ, ANYBODY, { id, locale });
  for (const id of [articleId, english.id, german.id]) {
    expect(await read(id, 'de')).toMatchObject({ id: german.id, title: 'Verlorene Tickets' });
    expect(await read(id, 'fr')).toMatchObject({ id: english.id, title: 'Lost tickets' });
  }
  // A cache that reads by this id again gets the same text.
  expect(await read(german.id)).toMatchObject({ id: german.id, locale: 'de' });
  expect(await read(articleId)).toMatchObject({ id: english.id, locale: 'en' });
  for (const id of ['art_none.de', 'art_none', '.de', '.', `${articleId}.no tag`])
    expect([id, await read(id)]).toEqual([id, null]);
});

test('a draft is read by editors alone, and its earlier languages stay', async () => {
  const { id } = await save({ title: 'Secret plans', published: false });
  expect(await ask(READ, ANYBODY, { id })).toBeNull();
  expect(await titles({ search: 'secret' }, user())).toEqual([]);
  expect(codesOf(await execute(LIST, user(), { drafts: true }))).toEqual(['FORBIDDEN']);
  expect(await titles({ search: 'secret', drafts: true }, editor)).toEqual(['Secret plans']);
  expect(await ask(READ, editor, { id })).toMatchObject({ title: 'Secret plans' });
  await save({ id, title: 'Geheime Pläne', locale: 'de' });
  expect(await ask(READ, ANYBODY, { id, locale: 'de' })).toMatchObject({ title: 'Geheime Pläne' });
  expect(await ask(READ, ANYBODY, { id, locale: 'en' })).toBeNull();
});

test('only editors save, and what is wrong is refused', async () => {
  const input = { ...draft, title: 'Title' };
  expect(codesOf(await execute(SAVE, user('usr_a', ['support:write']), { input }))).toEqual(['FORBIDDEN']);
  for (const [change, code] of [
    [{ locale: 'not a tag' }, 'BAD_USER_INPUT'],
    [{ title: ' ' }, 'BAD_USER_INPUT'],
    [{ body: '\u0007' }, 'BAD_USER_INPUT'],
    [{ id: 'art_none' }, 'NOT_FOUND'],
  ] as const) {
    expect(codesOf(await execute(SAVE, editor, { input: { ...input, ...change } }))).toEqual([code]);
  }
  expect(codesOf(await execute(LIST, ANYBODY, { locale: 'not a tag' }))).toEqual(['BAD_USER_INPUT']);
});

test('of two editors who save at once one is told, and each saved article is in the audit log', async () => {
  const { id, articleId, version } = await save({ title: 'Shared' });
  const input = { ...draft, id, version };
  const saved = await Promise.all(
    ['One', 'Two'].map((title) => ask<{ __typename: string }>(SAVE, editor, { input: { ...input, title } })),
  );
  expect(saved.map(({ __typename }) => __typename).toSorted()).toEqual([
    'HelpArticleChangedError',
    'SaveHelpArticlePayload',
  ]);
  const events = await database.outboxEvent.findMany({ where: { key: articleId, type: 'support.audited' } });
  expect(events).toMatchObject([
    { payload: { actorId: 'usr_editor', action: 'help-article.saved', detail: 'en, published, version 1' } },
    { payload: { detail: 'en, published, version 2' } },
  ]);
});

test('pages of a search and of all articles follow one another without a gap, by one statement each', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, (_, index) => save({ title: `Parking ${index}` })));
  for (const search of ['parking', undefined]) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      let page: List | undefined;
      const sent = await statements.during(async () => {
        page = await ask<List>(LIST, ANYBODY, { search, first: 2, after });
      });
      expect(sent).toHaveLength(1);
      seen.push(...(page?.edges.map(({ node }) => node.id) ?? []));
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  }
});

// The last of this file: it counts what the others saved, and deletes it.
test('the words of texts are counted as they are saved at once, changed and deleted', async () => {
  const [one, two] = [await save({ title: 'Tandem velodrome' }), await save({ title: 'Velodrome tandem' })];
  const changes = ['Velodrome', 'Tandem', 'Tandem velodrome oval', 'Oval'].flatMap((title, index) => [
    save({ id: one.id, title, published: index % 2 === 0 }),
    save({ id: two.id, title, locale: index % 2 === 0 ? 'en' : 'de' }),
  ]);
  await Promise.all(changes);
  const differing = () => database.$queryRaw`
    SELECT * FROM (
      SELECT locale, lexeme, count(*)::int AS texts, count(*) FILTER (WHERE published)::int AS published_texts
      FROM help_article_texts CROSS JOIN unnest(tsvector_to_array(search)) AS lexeme WHERE octet_length(lexeme) < 256
      GROUP BY locale, lexeme) AS recounted
    FULL JOIN help_words kept USING (locale, lexeme, texts, published_texts)
    WHERE recounted IS NULL OR kept IS NULL`;
  expect(await differing()).toEqual([]);
  expect(await database.helpWord.count()).toBeGreaterThan(0);
  await database.helpArticle.deleteMany();
  expect(await database.helpWord.count()).toBe(0);
});
