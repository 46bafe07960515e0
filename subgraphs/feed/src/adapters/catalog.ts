import type { ServiceCalls } from '@marquee/subgraph';

import type { Catalog, KnownShow, KnownTitle, KnownVenue } from '../domain/ports.ts';

const PAGE = 500;
const TITLES = `query Titles($after: ID, $first: Int!) {
  page: titleFacts(after: $after, first: $first) { titleId version name facts { genres releaseDate } }
}`;
const VENUES = `query Venues($after: ID, $first: Int!) {
  page: venueFacts(after: $after, first: $first) {
    venueId version name facts { cityCode cityName timeZone latitude longitude }
  }
}`;
const SHOWS = `query Shows($after: ID, $first: Int!) {
  page: scheduledShows(after: $after, first: $first) {
    showId version cancelled cityCode timeZone salesOpenAt title { id name } venue { id name } shows { id startsAt }
  }
}`;

/** Asks catalog under feed's service identity. */
export function catalogOf(calls: ServiceCalls): Catalog {
  return {
    titles: () => pages<KnownTitle>(calls, TITLES, ({ titleId }) => titleId),
    venues: () => pages<KnownVenue>(calls, VENUES, ({ venueId }) => venueId),
    shows: () => pages<KnownShow>(calls, SHOWS, ({ showId }) => showId),
  };
}

async function* pages<Item>(calls: ServiceCalls, query: string, idOf: (item: Item) => string) {
  for (let after: string | null = null; ;) {
    const variables = { after, first: PAGE };
    const { page } = await calls.query<{ page: readonly Item[] }>('catalog', { query, variables });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = idOf(last);
  }
}
