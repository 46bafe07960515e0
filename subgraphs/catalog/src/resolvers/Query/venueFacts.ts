import type { QueryResolvers } from '../../generated/resolvers.ts';
import { factsPage } from '../facts-page.ts';

export const venueFacts: QueryResolvers['venueFacts'] = (_parent, page, { deps }) =>
  deps.facts.venuesAfter(factsPage(page));
