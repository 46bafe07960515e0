import type { QueryResolvers } from '../../generated/resolvers.ts';
import { factsPage } from '../facts-page.ts';

export const scheduledShows: QueryResolvers['scheduledShows'] = (_parent, page, { deps }) =>
  deps.facts.showsAfter(factsPage(page));
