import type { ServiceCalls } from '@marquee/identity';
import type { PolicyFunction } from '../authorization/policy.ts';
import { venueSales } from './venue-sales.ts';

const VENUE_OWNER = 'query ($venueId: ID!) { venueOwner(venueId: $venueId) }';

/** Functions that evaluate the supergraph's policies, by policy name. */
export function policies(calls: ServiceCalls): Readonly<Record<string, PolicyFunction>> {
  return {
    venue_sales: venueSales(async (venueId) => {
      const data = await calls.query<{ venueOwner: string | null }>('catalog', {
        query: VENUE_OWNER,
        variables: { venueId },
      });
      return data.venueOwner;
    }),
  };
}
