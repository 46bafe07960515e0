import { badInput, notFound } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import { articleOf, type HelpArticle, MAX_BODY_LENGTH, MAX_TITLE_LENGTH } from '../domain/help-article.ts';
import { parseLocale } from '../domain/locales.ts';
import type { HelpArticles } from '../domain/ports.ts';
import { parseLine, parseText } from '../domain/text.ts';
import { HelpArticleChangedError } from '../errors.ts';

export interface SaveHelpArticleInput {
  /** The article's, or that of one of its texts; null for a new article. */
  readonly id: string | null;
  readonly title: string;
  readonly body: string;
  readonly locale: string;
  readonly published: boolean;
  /** The version that the editor read; null saves in any case. */
  readonly version: number | null;
  readonly editorId: string;
}

/**
 * Saves an article in one language; others stay as they are.
 *
 * @throws {HelpArticleChangedError}
 * @throws {CodedError} BAD_USER_INPUT, or NOT_FOUND
 */
export async function saveHelpArticle(
  { articles }: { readonly articles: Pick<HelpArticles, 'save'> },
  input: SaveHelpArticleInput,
): Promise<HelpArticle> {
  const locale = parseLocale(input.locale);
  if (locale === null) throw badInput('input.locale', 'Enter a language tag such as `de` or `de-CH`.');
  const title = parseLine(input.title, MAX_TITLE_LENGTH);
  if (title === null) throw badInput('input.title', `Enter a title of 1 to ${MAX_TITLE_LENGTH} characters.`);
  const body = parseText(input.body, MAX_BODY_LENGTH);
  if (body === null) throw badInput('input.body', `Enter a text of 1 to ${MAX_BODY_LENGTH} characters.`);
  const id = input.id === null ? newId('art') : articleOf(input.id).articleId;
  const saved = await articles.save({ ...input, id, isNew: input.id === null, locale, title, body });
  if (saved === 'UNKNOWN') throw notFound('article');
  if (saved === 'CHANGED') throw new HelpArticleChangedError();
  return saved;
}
