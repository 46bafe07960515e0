import { assertPeriod } from '@marquee/subgraph';

import { requireManager } from '../access.ts';
import type { VenueResolvers } from '../generated/resolvers.ts';
import { required } from './required.ts';
import { showOrder } from './list-orders.ts';

export const Venue: VenueResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.venues.load(id),
  city: ({ cityCode }, _args, { loaders }) => required(loaders.cities.load(cityCode)),
  organisation: ({ organisationId: id }) => ({ id }),
  screens: ({ id }, _args, { loaders }) => loaders.screensOfVenue.load(id),
  shows: async ({ id }, args, { loaders }) => {
    const page = showOrder.page(args);
    return showOrder.connection(await loaders.showsOfVenue(args.date, page).load(id), page);
  },
  schedule: async ({ id, organisationId }, { from, to, ...args }, { caller, deps, loaders }) => {
    await requireManager(deps, caller, { organisationId });
    const page = showOrder.page(args);
    assertPeriod({ from, to });
    return showOrder.connection(await loaders.scheduleOfVenue({ from, to }, page).load(id), page);
  },
};
