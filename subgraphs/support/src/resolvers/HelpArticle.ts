import type { HelpArticleResolvers } from '../generated/resolvers.ts';

export const HelpArticle: HelpArticleResolvers = {
  html: ({ body }, _args, { deps }) => deps.renderMarkdown(body),
};
