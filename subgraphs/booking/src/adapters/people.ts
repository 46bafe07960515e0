import type { ServiceCalls } from '@marquee/subgraph';

import type { People } from '../domain/admissions.ts';

const QUERY = 'query People($ids: [ID!]!, $named: String) { people(ids: $ids, named: $named) { id displayName } }';
/** The most people that accounts names at a time. */
const BATCH = 1_000;

interface Response {
  readonly people: readonly { readonly id: string; readonly displayName: string }[];
}

/** Asks accounts under booking's service identity. */
export function peopleOf(calls: ServiceCalls): People {
  const ask = async (ids: readonly string[], named: string | null): Promise<Response['people']> => {
    const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
      ids.slice(index * BATCH, (index + 1) * BATCH),
    );
    const found: Response['people'][number][] = [];
    for (const batch of batches) {
      const variables = { ids: batch, named };
      found.push(...(await calls.query<Response>('accounts', { query: QUERY, variables })).people);
    }
    return found;
  };
  return {
    names: async (ids) => new Map((await ask(ids, null)).map(({ id, displayName }) => [id, displayName])),
    named: async (ids, text) => (await ask(ids, text)).map(({ id }) => id),
  };
}
