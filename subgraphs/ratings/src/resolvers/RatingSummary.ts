import { average, distribution, reviewCount } from '../domain/rating.ts';
import type { RatingSummaryResolvers } from '../generated/resolvers.ts';

export const RatingSummary: RatingSummaryResolvers = {
  average: (rating) => average(rating),
  count: (rating) => reviewCount(rating),
  distribution: (rating) => distribution(rating),
};
