import { connection, instantInCursor, invalidCursor, pageArguments } from '@marquee/subgraph';

import { cityCodeIn } from '../../domain/city.ts';
import type { PageOfRanked } from '../../domain/ports.ts';
import { parseConditions } from '../../domain/search.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/search.ts';
import { searchResult } from '../search-result.ts';

export const search: QueryResolvers['search'] = async (_parent, { text, cityId, filter, ...args }, { deps }) => {
  const page = rankedPage(args, deps.now());
  const conditions = parseConditions(cityCodeIn(cityId), filter);
  const { total, facets, found, at } = await useCase.search(deps, { text, conditions, page });
  const { edges, pageInfo } = connection(found, page, ({ score, id }) => [score, id, at]);
  return {
    totalCount: total,
    facets,
    edges: edges.map(({ cursor, node }) => ({ cursor, highlight: node.highlight, node: searchResult(node) })),
    pageInfo,
  };
};

/** @throws {CodedError} BAD_USER_INPUT */
function rankedPage(args: Parameters<typeof pageArguments>[0], now: Date): PageOfRanked {
  const { limit, after } = pageArguments(args, 3);
  if (after === null) return { limit, after, at: now };
  const [score, id, at] = after;
  if (typeof score !== 'number' || !Number.isFinite(score) || typeof id !== 'string') throw invalidCursor();
  return { limit, after: { score, id }, at: instantInCursor(at) };
}
