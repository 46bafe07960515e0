import { notFound } from '@marquee/errors';
import type { PayloadOf } from '@marquee/events';

import { seatOf } from '../../domain/seat.ts';
import { isStandingPlace } from '../../domain/standing-place.ts';
import { seatMapChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { readSeatMap } from '../../use-cases/read-seat-map.ts';

export const seatMapChanged: SubscriptionResolvers['seatMapChanged'] = {
  subscribe: async (_parent, { showId }, { deps, loaders, pubSub }) => {
    const show = await loaders.shows.load(showId);
    if (!show) throw notFound('show');
    return pubSub.listen({
      channel: seatMapChannel(showId),
      version: show.seatMapVersion,
      isGapless: true,
      eventOf: async ({ version, seats: changed }: PayloadOf<'booking.seats-changed'>) => {
        const layout = await deps.shows.layout(show);
        const seated = changed.filter(({ id }) => !isStandingPlace(id));
        const seats = seated.map(({ id, status }) => ({ ...seatOf(show, layout, id), status }));
        return { seatMapChanged: { version, show, seats } };
      },
      missedSince: async () => {
        const { version, sections } = await readSeatMap(deps, show);
        const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
        return [{ seatMapChanged: { version, show, seats } }];
      },
      versionOf: ({ seatMapChanged: { version } }) => version,
    });
  },
};
