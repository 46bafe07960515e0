import { searchTerm } from '../../domain/text.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { rankedTitleOrder } from '../list-orders.ts';

export const titles: QueryResolvers['titles'] = async (_parent, { search, kind, ...args }, { deps }) => {
  const page = rankedTitleOrder.page(args);
  const named = { search: searchTerm('search', search), kind: kind ?? null };
  const found = await deps.titles.search(named, page);
  return { ...rankedTitleOrder.connection(found, page), count: () => deps.titles.countNamed(named) };
};
