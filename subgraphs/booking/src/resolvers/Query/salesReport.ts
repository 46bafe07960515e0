import { hasScope, userIdOf } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const salesReport: QueryResolvers['salesReport'] = async (_parent, args, { caller, booking }) => {
  const ownerId = hasScope(caller, 'reports:read') ? null : userIdOf(caller);
  return { rows: await booking.reportSales({ ...args, venueId: args.venueId ?? null, ownerId }) };
};
