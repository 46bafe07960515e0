import { notFound } from '@marquee/errors';

import type { Context } from '../context.ts';
import { seatOf, type Seat as SeatParent } from '../domain/seat.ts';
import { publicSeatId } from '../domain/seat-id.ts';
import { isStandingPlace } from '../domain/standing-place.ts';
import type { SeatResolvers } from '../generated/resolvers.ts';

export const Seat: SeatResolvers = {
  id: publicSeatId,
  standing: ({ id }) => isStandingPlace(id),
  accessible: (seat, _args, context) => seat.accessible ?? asSold(seat, context).then(({ accessible }) => accessible),
  tier: (seat, _args, context) => seat.tier ?? asSold(seat, context).then(({ tier }) => tier),
  status: (seat, _args, { loaders }) => seat.status ?? loaders.seatStatuses.load(seat),
};

async function asSold({ showId, id }: SeatParent, { deps, loaders }: Context) {
  const show = await loaders.shows.load(showId);
  if (!show) throw notFound('show');
  return seatOf(show, await deps.shows.layout(show), id);
}
