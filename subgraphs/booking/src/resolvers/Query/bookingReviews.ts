import { latestConnection, latestPage } from '@marquee/subgraph';

import { readsAnyBooking } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const bookingReviews: QueryResolvers['bookingReviews'] = async (_parent, args, { caller, deps }) => {
  const page = latestPage(args);
  return latestConnection(
    await deps.bookingReviews.list(page, readsAnyBooking(caller) ? 'ALL' : 'OF_SUPPORT_CASES'),
    page,
  );
};
