import type { ServiceCalls } from '@marquee/subgraph';

import type { FindTitleAndCity } from '../domain/ports.ts';

const QUERY = 'query TitleAndCity($titleId: ID!, $cityId: ID!) { title(id: $titleId) { id } city(id: $cityId) { id } }';

interface Response {
  readonly title: object | null;
  readonly city: object | null;
}

/** Asks catalog under notifications' service identity. */
export function titleAndCityOf(calls: ServiceCalls): FindTitleAndCity {
  return async (titleId, cityId) => {
    const { title, city } = await calls.query<Response>('catalog', { query: QUERY, variables: { titleId, cityId } });
    return { title: title !== null, city: city !== null };
  };
}
