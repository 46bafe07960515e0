import { badInput } from '@marquee/errors';
import type { ServiceCalls } from '@marquee/subgraph';

import type { AssertInCatalogue } from '../domain/ports.ts';

type Answer = Readonly<Record<string, { readonly id: string } | null>>;

/** Asks catalog at the time: a title of a moment ago can be advertised. */
export function assertInCatalogue(calls: ServiceCalls): AssertInCatalogue {
  return async ({ titleId, cityIds }) => {
    const parameters = cityIds.map((_id, index) => `, $city${index}: ID!`).join('');
    const cities = cityIds.map((_id, index) => ` city${index}: city(id: $city${index}) { id }`).join('');
    const query = `query Advertised($titleId: ID!${parameters}) { title: title(id: $titleId) { id }${cities} }`;
    const variables = { titleId, ...Object.fromEntries(cityIds.map((id, index) => [`city${index}`, id])) };
    const { title, ...found } = await calls.query<Answer>('catalog', { query, variables });
    if (!title) throw badInput('input.titleId', 'There is no such title. Choose one of the catalogue.');
    if (Object.values(found).includes(null)) {
      throw badInput('input.cityIds', 'One of the cities is not in the catalogue.');
    }
  };
}
