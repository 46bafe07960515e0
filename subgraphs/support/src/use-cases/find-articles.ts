import type { HelpArticles } from '../domain/ports.ts';
import type { ArticlePage, FoundArticle } from '../domain/help-article.ts';

/** A page of articles. When none has the words, those that are spelled nearly so are looked for. */
export async function findArticles(
  { articles }: { readonly articles: Pick<HelpArticles, 'list' | 'corrected'> },
  page: ArticlePage,
): Promise<FoundArticle[]> {
  const found = await articles.list(page);
  if (found.length > 0 || page.search === null) return found;
  const search = await articles.corrected(page, page.search);
  return search === null ? [] : articles.list({ ...page, search });
}
