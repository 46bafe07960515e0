import type { Candidate, CityCandidates } from '../candidates.ts';
import type { FeedMessage } from '../messages.ts';
import type { Section, TitleCard } from '../section.ts';
import type { Suggestion } from '../taste.ts';
import type { FeedMaterial } from './material.ts';
import { byRating, cardOf, usualReason } from './order.ts';

/** Titles that people alike looked at; behind them, and for the new, the best rated of every genre. None that the viewer knows. */
export function rankSuggested({ city, saleable, taste }: FeedMaterial): Section<TitleCard> {
  const known = new Set(taste.interests.map(({ titleId }) => titleId));
  const unknown = new Map(saleable.flatMap((each) => (known.has(each.titleId) ? [] : [[each.titleId, each] as const])));
  const alike = taste.suggestions.flatMap((suggestion) => {
    const candidate = unknown.get(suggestion.titleId);
    return candidate && unknown.delete(suggestion.titleId) ? [cardOf(candidate, reasonFor(suggestion, city))] : [];
  });
  const others = genresInTurn([...unknown.values()].toSorted(byRating));
  return {
    kind: 'SUGGESTED',
    heading:
      alike.length > 0
        ? { key: 'headSuggested', values: {} }
        : { key: 'headBestRated', values: { cityName: city.cityName } },
    cards: [...alike, ...others.map((candidate) => cardOf(candidate, usualReason(candidate, city)))],
  };
}

function reasonFor({ because }: Suggestion, { cityName }: CityCandidates): FeedMessage {
  if (!because) return { key: 'showing', values: { cityName } };
  const { titleName, booked } = because;
  return { key: booked ? 'becauseBooked' : 'becauseLooked', values: { titleName } };
}

/** The best of each genre, then the second of each, and so on. */
function genresInTurn(ranked: readonly Candidate[]): Candidate[] {
  const turns = new Map<string, number>();
  const withTurns = ranked.map((candidate) => {
    const [genre = ''] = candidate.genres;
    const turn = turns.get(genre) ?? 0;
    turns.set(genre, turn + 1);
    return { candidate, turn };
  });
  return withTurns.toSorted((a, b) => a.turn - b.turn).map(({ candidate }) => candidate);
}
