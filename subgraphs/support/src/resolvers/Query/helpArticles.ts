import { connection, invalidCursor, pageArguments } from '@marquee/subgraph';

import { requireEditor } from '../../access.ts';
import { searchWords } from '../../domain/help-article.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { findArticles } from '../../use-cases/find-articles.ts';
import { localeFor } from '../locale-for.ts';

export const helpArticles: QueryResolvers['helpArticles'] = async (_parent, args, { caller, deps }) => {
  const { limit, after } = pageArguments(args, 2);
  const withDrafts = args.drafts ?? false;
  if (withDrafts) requireEditor(caller);
  const search = args.search?.trim() ? searchWords(args.search) : null;
  const page = { limit, withDrafts, search, locale: localeFor(args.locale), after: after && positionOf(after) };
  const isVain = search === null && Boolean(args.search?.trim());
  const found = isVain ? [] : await findArticles(deps, page);
  return connection(found, { limit, after }, ({ rank, id }) => [rank, id]);
};

function positionOf([rank, id]: readonly (string | number)[]) {
  if (typeof rank !== 'number' || !Number.isInteger(rank) || Math.abs(rank) > 2 ** 31 - 1 || typeof id !== 'string') {
    throw invalidCursor();
  }
  return { rank, id };
}
