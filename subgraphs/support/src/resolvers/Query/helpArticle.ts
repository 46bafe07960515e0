import { isEditor } from '../../access.ts';
import { articleOf } from '../../domain/help-article.ts';
import { parseLocale } from '../../domain/locales.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { localeFor } from '../locale-for.ts';

export const helpArticle: QueryResolvers['helpArticle'] = (_parent, { id, locale }, { caller, deps }) => {
  const { articleId, language } = articleOf(id);
  if (language !== null && parseLocale(language) === null) return null;
  return deps.articles.find(articleId, localeFor(locale ?? language), isEditor(caller));
};
