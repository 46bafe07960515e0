import { localeOf } from '@marquee/messages';
import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchPeople } from '../domain/people.ts';

const QUERY = 'query People($ids: [ID!]!) { people(ids: $ids) { id locale } }';

interface Response {
  readonly people: readonly { readonly id: string; readonly locale: string | null }[];
}

/** Asks accounts under notifications' service identity. */
export function peopleOf(calls: ServiceCalls): FetchPeople {
  return async (ids) => {
    const { people } = await calls.query<Response>('accounts', { query: QUERY, variables: { ids } });
    return people.map(({ id, locale }) => ({ id, locale: localeOf(locale) }));
  };
}
