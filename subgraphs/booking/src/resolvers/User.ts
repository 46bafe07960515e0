import { latestConnection, latestPage } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  bookings: async ({ id: customerId }, args, { deps }) => {
    const page = { ...latestPage(args), customerId, status: args.status ? [...new Set(args.status)] : null };
    const found = await deps.bookings.ofCustomer(page);
    return { ...latestConnection(found, page), ...page };
  },
  holds: ({ id }, _args, { loaders }) => loaders.activeHolds.load(id),
  waitlistEntries: ({ id }, _args, { loaders }) => loaders.waitlistEntries.load(id),
  tickets: async ({ id }, args, { deps }) => {
    const page = latestPage(args);
    const found = await deps.tickets.ofHolder(id, page);
    return latestConnection(
      found.map((ticket) => ({ ...ticket, createdAt: ticket.issuedAt })),
      page,
    );
  },
};
