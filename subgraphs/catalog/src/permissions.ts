import { everyone, GATEWAY_SERVICE, type Permissions, service, withScope } from '@marquee/subgraph';

import { oneself } from './access.ts';

/** Read models of the catalog, which they rebuild by these queries. */
const readModels = service('search', 'feed', 'activity', 'ads');

/** The catalog is public. Organisations change what is theirs, which the use cases check. */
export const permissions: Permissions = {
  Query: {
    cities: everyone,
    city: everyone,
    title: everyone,
    titles: everyone,
    venue: everyone,
    venueOrganisation: service(GATEWAY_SERVICE, 'ratings'),
    titleOrganisation: service('ratings'),
    titleFacts: readModels,
    venueFacts: readModels,
    scheduledShows: readModels,
    show: everyone,
    nowShowing: everyone,
  },
  City: { '*': everyone },
  Venue: { '*': everyone, schedule: withScope('catalog:write') },
  User: { '*': oneself, id: everyone },
  Screen: { '*': everyone },
  Movie: { '*': everyone },
  LiveEvent: { '*': everyone },
  Show: { '*': everyone },
  PriceTier: { '*': everyone },
};
