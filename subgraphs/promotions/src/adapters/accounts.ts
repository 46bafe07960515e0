import type { ServiceCalls } from '@marquee/subgraph';

const QUERY = 'query VerifiedPeople($ids: [ID!]!) { people(ids: $ids) { id emailVerified } }';

/** Those of the people whose email address is verified, by their ids. */
export type FindVerified = (userIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** Asks accounts under promotions' service identity. */
export function findVerified(calls: ServiceCalls): FindVerified {
  return async (ids) => {
    const { people } = await calls.query<{
      people: readonly { readonly id: string; readonly emailVerified: boolean }[];
    }>('accounts', { query: QUERY, variables: { ids } });
    return new Set(people.filter(({ emailVerified }) => emailVerified).map(({ id }) => id));
  };
}
