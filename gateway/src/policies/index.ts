import type { PolicyFunction } from '../types.ts';
import { venueSales } from './venue-sales.ts';

/** Asks a subgraph on the gateway's own behalf. */
export interface PolicyCalls {
  /** @throws when the subgraph cannot be reached or answers an error */
  query<Data>(
    subgraph: string,
    request: { readonly query: string; readonly variables: Record<string, unknown> },
  ): Promise<Data>;
}

const VENUE_OWNER = 'query ($venueId: ID!) { venueOwner(venueId: $venueId) }';

/** The functions behind the supergraph's `@policy` directives, by name. */
export function policies(calls: PolicyCalls): Readonly<Record<string, PolicyFunction>> {
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
