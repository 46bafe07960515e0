import type { HelpArticles } from '../domain/ports.ts';
import type { ArticlePage, FoundArticle } from '../domain/help-article.ts';

/**
 * A page of articles. When none has the words in the reader's languages, they are looked for in the others, then words
 * that are spelled nearly so.
 */
export async function findArticles(
  { articles }: { readonly articles: Pick<HelpArticles, 'list' | 'otherLocales' | 'corrected'> },
  page: ArticlePage,
): Promise<FoundArticle[]> {
  const found = await articles.list(page);
  if (found.length > 0 || page.search === null) return found;
  for (const locale of await articles.otherLocales(page)) {
    const foreign = await articles.list({ ...page, locale });
    if (foreign.length > 0) return foreign;
  }
  const search = await articles.corrected(page, page.search);
  return search === null ? [] : articles.list({ ...page, search });
}
