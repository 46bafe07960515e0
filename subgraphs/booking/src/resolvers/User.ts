import { connection, type CursorKey, foreignCursor, instantInCursor, pageArguments } from '@marquee/subgraph';

import type { CustomerPosition } from '../domain/booking.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  bookings: async ({ id: customerId }, args, { deps }) => {
    const page = pageArguments(args, 2);
    const status = args.status ?? null;
    const after = page.after && customerPosition(page.after);
    const found = await deps.bookings.ofCustomer({ limit: page.limit, after, customerId, status });
    return { ...connection(found, page, ({ createdAt, id }) => [createdAt.toISOString(), id]), customerId, status };
  },
};

function customerPosition([createdAt, id]: CursorKey): CustomerPosition {
  if (typeof id !== 'string') throw foreignCursor();
  return { createdAt: instantInCursor(createdAt), id };
}
