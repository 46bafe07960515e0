import { findOrganisationRoles, type ServiceCalls } from '@marquee/identity';

import type { PolicyFunction } from '../authorization/policy.ts';
import { venueSales } from './venue-sales.ts';

const VENUE_ORGANISATION = 'query ($venueId: ID!) { venueOrganisation(venueId: $venueId) }';

/** Functions that evaluate the supergraph's policies, by policy name. */
export function policies(calls: ServiceCalls): Readonly<Record<string, PolicyFunction>> {
  const organisationOf = async (venueId: string): Promise<string | null> => {
    const data = await calls.query<{ venueOrganisation: string | null }>('catalog', {
      query: VENUE_ORGANISATION,
      variables: { venueId },
    });
    return data.venueOrganisation;
  };
  return { venue_sales: venueSales(organisationOf, findOrganisationRoles(calls)) };
}
