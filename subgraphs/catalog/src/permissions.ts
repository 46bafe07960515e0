import { everyone, GATEWAY_SERVICE, type Permissions, service } from '@marquee/subgraph';

import { manager, oneself } from './access.ts';

/** The catalog is public. Partners change what is theirs, which the use cases check. */
export const permissions: Permissions = {
  Query: {
    cities: everyone,
    city: everyone,
    title: everyone,
    titles: everyone,
    venue: everyone,
    venueOwner: service(GATEWAY_SERVICE),
    venueOrganisation: service('ratings'),
    show: everyone,
    nowShowing: everyone,
  },
  City: { '*': everyone },
  Venue: { '*': everyone, schedule: manager },
  User: { '*': oneself, id: everyone },
  Screen: { '*': everyone },
  Movie: { '*': everyone },
  LiveEvent: { '*': everyone },
  Show: { '*': everyone },
  PriceTier: { '*': everyone },
};
