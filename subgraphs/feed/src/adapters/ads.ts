import type { ServiceCalls } from '@marquee/subgraph';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FindSponsored } from '../domain/ports.ts';
import type { SponsoredCard } from '../domain/section.ts';

const QUERY = `query AdPlacements($cityId: ID!, $viewerKey: String!, $slots: Int!) {
  adPlacements(cityId: $cityId, viewerKey: $viewerKey, slots: $slots) { impressionToken headline imageUrl titleId }
}`;
/** How long a feed waits for ads, and for how long it does not ask again when they fail. */
const WAIT_MS = 150;
const REST_MS = 2_000;

interface AdsOptions {
  readonly calls: ServiceCalls;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
}

/** Asks ads under feed's service identity. A feed is answered without them when they are away or slow. */
export function sponsoredBy({ calls, now, onFailure }: AdsOptions): FindSponsored {
  let restsUntil = 0;
  return async (variables) => {
    if (now().getTime() < restsUntil) return [];
    try {
      const asked = calls.query<{ adPlacements: readonly SponsoredCard[] }>('ads', { query: QUERY, variables });
      return (await withinTime(asked)).adPlacements;
    } catch (error) {
      restsUntil = now().getTime() + REST_MS;
      onFailure(error);
      return [];
    }
  };
}

/** @throws when it takes longer than a feed waits */
async function withinTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const answered = new AbortController();
  const late = sleep(WAIT_MS, undefined, { signal: answered.signal }).then(() => {
    throw new Error(`ads took longer than ${WAIT_MS} ms`);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    answered.abort();
    late.catch(() => undefined);
  }
}
