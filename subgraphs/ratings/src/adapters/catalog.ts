import type { ServiceCalls } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Catalog } from '../domain/ports.ts';

const ORGANISATION = {
  TITLE: 'query TitleOrganisation($id: ID!) { organisationId: titleOrganisation(titleId: $id) }',
  VENUE: 'query VenueOrganisation($id: ID!) { organisationId: venueOrganisation(venueId: $id) }',
};

/** Asks catalog under the service identity of ratings. */
export function catalogOf(calls: ServiceCalls): Catalog {
  return {
    organisationOf: async ({ type, id }) => {
      if (!isPossibleId(id)) return null;
      const request = { query: ORGANISATION[type], variables: { id } };
      return (await calls.query<{ organisationId: string | null }>('catalog', request)).organisationId;
    },
  };
}
