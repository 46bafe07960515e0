import { latestConnection, latestPage } from '@marquee/subgraph';

import type { VenueResolvers } from '../generated/resolvers.ts';
import { findVenueBookings } from '../use-cases/find-venue-bookings.ts';

export const Venue: VenueResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  bookings: async ({ id: venueId }, { search = null, status = null, ...args }, { caller, deps }) => {
    const page = latestPage(args);
    const wanted = { venueId, caller, search, status: status && [...new Set(status)] };
    const { bookings, venueOwnerId } = await findVenueBookings(deps, { ...page, ...wanted });
    const nodes = bookings.map((booking) => ({ ...booking, atVenueOf: venueOwnerId }));
    return latestConnection(nodes, page);
  },
};
