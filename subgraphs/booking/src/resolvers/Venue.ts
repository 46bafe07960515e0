import { latestConnection, latestPage, userIdOf } from '@marquee/subgraph';

import type { VenueResolvers } from '../generated/resolvers.ts';
import { findVenueBookings } from '../use-cases/find-venue-bookings.ts';

export const Venue: VenueResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  bookings: async ({ id: venueId }, { search = null, status = null, ...args }, { caller, looks, deps }) => {
    const page = latestPage(args);
    const wanted = { venueId, reader: { caller, looks }, search, status: status && [...new Set(status)] };
    const shownTo = userIdOf(caller) ?? undefined;
    const { bookings, showsHolders } = await findVenueBookings(deps, { ...page, ...wanted });
    const holdersShownTo = showsHolders ? shownTo : undefined;
    return latestConnection(
      bookings.map((booking) => ({ ...booking, shownTo, holdersShownTo })),
      page,
    );
  },
};
