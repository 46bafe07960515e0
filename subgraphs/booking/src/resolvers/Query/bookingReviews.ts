import { latestConnection, latestPage } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const bookingReviews: QueryResolvers['bookingReviews'] = async (_parent, args, { deps }) => {
  const page = latestPage(args);
  return latestConnection(await deps.bookingReviews.list(page), page);
};
