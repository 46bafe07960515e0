import type { ServiceCalls } from '@marquee/subgraph';

import { titleDocument, type TitleFacts, venueDocument, type VenueFacts } from '../domain/facts.ts';
import type { Rating, ScheduledShow, Source } from '../domain/ports.ts';

const PAGE = 500;

const TITLES = `query SearchedTitles($after: ID, $first: Int!) { page: titleFacts(after: $after, first: $first) {
  titleId version name facts { kind description genres languages director performers } } }`;
const VENUES = `query SearchedVenues($after: ID, $first: Int!) { page: venueFacts(after: $after, first: $first) {
  venueId version name facts { cityCode cityName address latitude longitude } } }`;
const SHOWS = `query SearchedShows($after: ID, $first: Int!) { page: scheduledShows(after: $after, first: $first) {
  showId version cancelled cityCode timeZone venue { id } title { id } language shows { startsAt } } }`;
const RATINGS = `query SearchedRatings($of: [_Any!]!) { _entities(representations: $of) {
  ... on Title { id rating { score count } } ... on Venue { id rating { score count } } } }`;

interface Scheduled {
  readonly showId: string;
  readonly version: number;
  readonly cancelled: boolean;
  readonly cityCode: string;
  readonly timeZone: string;
  readonly venue: { readonly id: string };
  readonly title: { readonly id: string };
  readonly language: string;
  readonly shows: readonly { readonly startsAt: string }[];
}

/** Catalog and ratings as they are now, asked under the service identity of search. */
export function sourceOf(calls: ServiceCalls): Source {
  async function* pages<Row>(query: string, idOf: (row: Row) => string): AsyncGenerator<readonly Row[]> {
    for (let after: string | null = null, isFull = true; isFull;) {
      const { page }: { page: readonly Row[] } = await calls.query('catalog', {
        query,
        variables: { after, first: PAGE },
      });
      if (page.length > 0) yield page;
      const last = page.at(-1);
      after = last ? idOf(last) : after;
      isFull = page.length === PAGE;
    }
  }
  return {
    titles: () =>
      mapped(
        pages<TitleFacts>(TITLES, ({ titleId }) => titleId),
        titleDocument,
      ),
    venues: () =>
      mapped(
        pages<VenueFacts>(VENUES, ({ venueId }) => venueId),
        venueDocument,
      ),
    shows: () =>
      mapped(
        pages<Scheduled>(SHOWS, ({ showId }) => showId),
        scheduledShow,
      ),
    ratings: async (documents) => {
      const of = documents.map(({ id, kind }) => ({ __typename: kind === 'VENUE' ? 'Venue' : 'Title', id }));
      const { _entities } = await calls.query<{ _entities: readonly (Rated | null)[] }>('ratings', {
        ...{ query: RATINGS, variables: { of } },
      });
      return _entities.flatMap((rated) => toRating(rated));
    },
  };
}

async function* mapped<Row, To>(pages: AsyncIterable<readonly Row[]>, to: (row: Row) => To | null) {
  for await (const page of pages) yield page.map(to).filter((each): each is Awaited<To> & To => each !== null);
}

function scheduledShow({ showId, venue, title, shows, ...show }: Scheduled): ScheduledShow {
  return { ...show, id: showId, venueId: venue.id, titleId: title.id, startsAt: shows[0]?.startsAt ?? null };
}

interface Rated {
  readonly id: string;
  readonly rating: { readonly score: number; readonly count: number } | null;
}

/** Every event about a rating is newer than what is asked for here. */
function toRating(rated: Rated | null): Rating[] {
  if (!rated?.rating || rated.rating.count === 0) return [];
  return [{ subjectId: rated.id, version: 0, score: rated.rating.score }];
}
