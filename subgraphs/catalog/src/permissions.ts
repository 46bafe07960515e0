import { everyone, type Permissions, service } from '@marquee/subgraph';

/** The catalog is public. Partners change it; `scheduleShows` checks that they manage the venue. */
export const permissions: Permissions = {
  Query: {
    cities: everyone,
    title: everyone,
    venue: everyone,
    venueOwner: service,
    show: everyone,
    nowShowing: everyone,
  },
  City: { '*': everyone },
  Venue: { '*': everyone },
  Screen: { '*': everyone },
  Movie: { '*': everyone },
  LiveEvent: { '*': everyone },
  Show: { '*': everyone },
  PriceTier: { '*': everyone },
};
