import type { ServiceCalls } from '@marquee/subgraph';

import type { FindCity, HomeCity } from '../domain/profile.ts';

const QUERY = 'query City($id: ID!) { city(id: $id) { id timeZone } }';

/** Asks catalog under accounts' service identity. */
export function cityFinder(calls: ServiceCalls): FindCity {
  return async (id) => {
    const { city } = await calls.query<{ city: HomeCity | null }>('catalog', { query: QUERY, variables: { id } });
    return city;
  };
}
