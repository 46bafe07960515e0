import { connection, pageArguments } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  bookings: async ({ id: customerId }, args, { booking }) => {
    const page = pageArguments(args, 2);
    const status = args.status ?? null;
    const found = await booking.ofCustomer({ ...page, customerId, status });
    return { ...connection(found, page, ({ createdAt, id }) => [createdAt.toISOString(), id]), customerId, status };
  },
};
