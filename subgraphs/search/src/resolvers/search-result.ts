import type { Subject } from '../domain/document.ts';

const TYPES = { MOVIE: 'Movie', LIVE_EVENT: 'LiveEvent', VENUE: 'Venue' } as const;

/** A title or a venue as a `SearchResult`. */
export function searchResult({ id, kind }: Subject) {
  return { id, kind, __typename: TYPES[kind] };
}
