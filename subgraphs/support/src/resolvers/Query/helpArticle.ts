import { isEditor } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { localeFor } from '../locale-for.ts';

export const helpArticle: QueryResolvers['helpArticle'] = (_parent, { id, locale }, { caller, deps }) =>
  deps.articles.find(id, localeFor(locale), isEditor(caller));
