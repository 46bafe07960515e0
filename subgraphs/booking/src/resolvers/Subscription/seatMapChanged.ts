import { notFound } from '@marquee/errors';
import type { PayloadOf } from '@marquee/events';

import { seatOf } from '../../domain/seat.ts';
import { seatMapChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

export const seatMapChanged: SubscriptionResolvers['seatMapChanged'] = {
  subscribe: async (_parent, { showId }, { deps, loaders, pubSub }) => {
    const show = await loaders.shows.load(showId);
    if (!show) throw notFound('show');
    return pubSub.listen(seatMapChannel(showId), async (change: PayloadOf<'booking.seats-changed'>) => {
      const layout = await deps.shows.layout(show);
      const seats = change.seats.map(({ id, status }) => ({ ...seatOf(show, layout, id), status }));
      return { seatMapChanged: { version: change.version, show, seats } };
    });
  },
};
