import { latestConnection, latestPage } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const paymentReviews: QueryResolvers['paymentReviews'] = async (_parent, { status, ...args }, { deps }) => {
  const page = latestPage(args);
  return latestConnection(await deps.reviews.list(status ?? null, page), page);
};
