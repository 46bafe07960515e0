import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchPersonalData } from '../domain/data-export.ts';

const QUERY = 'query PersonalData($userId: ID!) { personalData(userId: $userId) }';

/** @param own answers for this subgraph, which need not call itself */
export function personalDataParts(
  calls: ServiceCalls,
  own: (userId: string) => Promise<Readonly<Record<string, unknown>>>,
): FetchPersonalData {
  return async (subgraph, userId) => {
    if (subgraph === 'accounts') return JSON.stringify(await own(userId));
    const { personalData } = await calls.query<{ personalData: string | null }>(subgraph, {
      query: QUERY,
      variables: { userId },
    });
    return personalData ?? 'null';
  };
}
