import type { QueryResolvers } from '../../generated/resolvers.ts';
import { factsPage } from '../facts-page.ts';

export const titleFacts: QueryResolvers['titleFacts'] = (_parent, page, { deps }) =>
  deps.facts.titlesAfter(factsPage(page));
