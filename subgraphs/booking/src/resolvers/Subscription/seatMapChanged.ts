import { notFound } from '@marquee/errors';

import type { SeatMapChange, SubscriptionResolvers } from '../../generated/resolvers.ts';
import { seatMapChannel } from '../../push.ts';

type Message = Pick<SeatMapChange, 'version' | 'seats'> & { readonly showId: string };

export const seatMapChanged: SubscriptionResolvers['seatMapChanged'] = {
  subscribe: async (_parent, { showId }, { loaders, pubSub }) => {
    if (!(await loaders.shows.load(showId))) throw notFound('show');
    return pubSub.listen(seatMapChannel(showId), ({ version, seats }: Message) => ({
      seatMapChanged: { version, seats, show: { id: showId } },
    }));
  },
};
