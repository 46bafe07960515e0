import type { ServiceCalls } from '@marquee/subgraph';

import type { CountDemand } from '../domain/ports.ts';

const QUERY = 'query ShowDemand($showId: ID!) { showDemand(showId: $showId) { bookings takenSeats } }';

/** Asks booking under catalog's service identity. */
export function countDemand(calls: ServiceCalls): CountDemand {
  return async (showId) => {
    const { showDemand } = await calls.query<{ showDemand: Awaited<ReturnType<CountDemand>> }>('booking', {
      query: QUERY,
      variables: { showId },
    });
    return showDemand;
  };
}
