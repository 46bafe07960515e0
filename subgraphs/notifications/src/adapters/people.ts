import { localeOf } from '@marquee/messages';
import { LRUCache } from 'lru-cache';
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
    return people.map(({ locale, timeZone, ...person }) => ({
      ...person,
      locale: localeOf(locale),
      timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : null,
    }));
  };
}

/** Time zones that were asked for; looking one up takes as long as a push. */
const known = new LRUCache<string, boolean>({ max: 500 });

/** Accounts' table of time zones may be newer than this process's. */
function isTimeZone(name: string): boolean {
  const answer = known.get(name) ?? isFormattable(name);
  known.set(name, answer);
  return answer;
}

function isFormattable(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
