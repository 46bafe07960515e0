import { textIdOf } from '../domain/help-article.ts';
import type { HelpArticleResolvers } from '../generated/resolvers.ts';

export const HelpArticle: HelpArticleResolvers = {
  id: textIdOf,
  articleId: ({ id }) => id,
  html: ({ body }, _args, { deps }) => deps.renderMarkdown(body),
};
