import { localeOf } from '@marquee/messages';
import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchPeople, Person } from '../domain/people.ts';

const QUERY = 'query People($ids: [ID!]!) { people(ids: $ids) { id locale email emailVerified timeZone } }';

interface Response {
  readonly people: readonly (Omit<Person, 'locale'> & { readonly locale: string | null })[];
}

/** Asks accounts under notifications' service identity. */
export function peopleOf(calls: ServiceCalls): FetchPeople {
  return async (ids) => {
    const { people } = await calls.query<Response>('accounts', { query: QUERY, variables: { ids } });
    return people.map((person) => ({ ...person, locale: localeOf(person.locale) }));
  };
}
