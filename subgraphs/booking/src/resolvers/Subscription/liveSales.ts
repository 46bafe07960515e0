import { notFound } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireStaff } from '../../access.ts';
import { liveSalesChannel, RECHECK_MS, type SalesChange } from '../../domain/live-sales.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { checkedAgain } from '../checked-again.ts';

export const liveSales: SubscriptionResolvers['liveSales'] = {
  subscribe: async (_parent, { venueId }, { caller, deps, pubSub }) => {
    const venue = await deps.venueBookings.findVenue(venueId);
    if (!venue) throw notFound('venue');
    const assertAllowed = () => requireStaff(deps, venue, requireUser(caller), 'SALES');
    await assertAllowed();
    const assertStillAllowed = checkedAgain(assertAllowed, RECHECK_MS, deps.now);
    const eventOf = async ({ showId, version }: SalesChange) => {
      await assertStillAllowed();
      const sales = await deps.liveSales.salesOf(showId);
      if (!sales) throw notFound('show');
      return { liveSales: { ...sales, version, show: { id: showId } } };
    };
    return pubSub.listen({
      channel: liveSalesChannel(venueId),
      version: await deps.liveSales.versionOf(venueId),
      eventOf,
      missedSince: async (version) => Promise.all((await deps.liveSales.changesSince(venueId, version)).map(eventOf)),
      versionOf: ({ liveSales: { version } }) => version,
    });
  },
};
