import type { ServiceCalls } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Catalog } from '../domain/ports.ts';

const SUBJECT = {
  TITLE: 'query ReviewedTitle($id: ID!) { subject: title(id: $id) { id } }',
  VENUE: 'query ReviewedVenue($id: ID!) { subject: venue(id: $id) { id } }',
};
const ORGANISATION = 'query VenueOrganisation($id: ID!) { venueOrganisation(venueId: $id) }';

/** Asks catalog under the service identity of ratings. */
export function catalogOf(calls: ServiceCalls): Catalog {
  const ask = <Data>(query: string, id: string): Promise<Data> => calls.query('catalog', { query, variables: { id } });
  return {
    exists: async ({ type, id }) =>
      isPossibleId(id) && (await ask<{ subject: object | null }>(SUBJECT[type], id)).subject !== null,
    organisationOf: async (id) => (await ask<{ venueOrganisation: string | null }>(ORGANISATION, id)).venueOrganisation,
  };
}
