import { notFound } from '@marquee/errors';
import type { PayloadOf } from '@marquee/events';

import { seatMapChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

export const seatMapChanged: SubscriptionResolvers['seatMapChanged'] = {
  subscribe: async (_parent, { showId }, { loaders, pubSub }) => {
    if (!(await loaders.shows.load(showId))) throw notFound('show');
    return pubSub.listen(seatMapChannel(showId), ({ version, seats }: PayloadOf<'booking.seats-changed'>) => ({
      seatMapChanged: { version, seats, show: { id: showId } },
    }));
  },
};
