import type { Candidate, CityCandidates } from '../candidates.ts';
import type { FeedMessage } from '../messages.ts';
import type { TitleCard } from '../section.ts';

/** The best rated first, then the one that is shown soonest; of equals always the same. */
export function byRating(a: Candidate, b: Candidate): number {
  const soonest = a.shows[0].startsAt - b.shows[0].startsAt;
  return (b.score ?? 0) - (a.score ?? 0) || soonest || (a.titleId < b.titleId ? -1 : 1);
}

/** The most looked at these days first. */
export function byHeat(a: Candidate, b: Candidate): number {
  if (a.heat === b.heat) return byRating(a, b);
  return (b.heat ?? -Infinity) - (a.heat ?? -Infinity);
}

/** A title with its next show. */
export function cardOf({ titleId, shows: [{ id: showId }] }: Candidate, reason: FeedMessage): TitleCard {
  return { titleId, showId, reason };
}

/** The reason for a title of which nothing better is known. */
export function usualReason({ average }: Candidate, { cityName }: CityCandidates): FeedMessage {
  if (average === null) return { key: 'showing', values: { cityName } };
  return { key: 'rated', values: { stars: average } };
}
