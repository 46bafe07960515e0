import { notFound } from '@marquee/errors';
import type { PayloadOf } from '@marquee/events';

import { seatOf } from '../../domain/seat.ts';
import { isStandingPlace } from '../../domain/standing-place.ts';
import { seatMapChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { catchUpSeatMap } from '../../use-cases/catch-up-seat-map.ts';

export const seatMapChanged: SubscriptionResolvers['seatMapChanged'] = {
  subscribe: async (_parent, { showId, since }, { deps, loaders, pubSub }) => {
    const found = await loaders.shows.load(showId);
    if (!found) throw notFound('show');
    // A change of the show skips a version, so that the show is read again with what was missed.
    let show = found;
    return pubSub.listen({
      channel: seatMapChannel(showId),
      version: knownVersion(since, show.seatMapVersion),
      isGapless: true,
      eventOf: async ({ version, seats: changed }: PayloadOf<'booking.seats-changed'>) => {
        const layout = await deps.shows.layout(show);
        const seated = changed.filter(({ id }) => !isStandingPlace(id));
        const seats = seated.map(({ id, status }) => ({ ...seatOf(show, layout, id), status }));
        return { seatMapChanged: { version, show, seats } };
      },
      missedSince: async (version) => {
        const missed = await catchUpSeatMap(deps, showId, version);
        show = missed.show;
        return [{ seatMapChanged: missed }];
      },
      versionOf: ({ seatMapChanged: { version } }) => version,
    });
  },
};

/** A version that the map never had is that of a client that knows nothing. */
function knownVersion(since: number | null | undefined, current: number): number {
  if (since === null || since === undefined) return current;
  return since >= 0 && since <= current ? since : 0;
}
