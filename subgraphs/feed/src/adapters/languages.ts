import type { ServiceCalls } from '@marquee/subgraph';
import type { Log } from '@marquee/telemetry';

import type { FindLanguage } from '../domain/ports.ts';

const QUERY = 'query Language($ids: [ID!]!) { people(ids: $ids) { locale } }';

interface Response {
  readonly people: readonly { readonly locale: string | null }[];
}

/** Asks accounts under feed's service identity; nobody's language is known while it is away. */
export function languageIn(calls: ServiceCalls, log: Pick<Log, 'warn'>): FindLanguage {
  return async (userId) => {
    try {
      const { people } = await calls.query<Response>('accounts', { query: QUERY, variables: { ids: [userId] } });
      return people[0]?.locale ?? null;
    } catch (err) {
      log.warn({ err }, 'accounts could not be asked about a language: a feed is English');
      return null;
    }
  };
}
