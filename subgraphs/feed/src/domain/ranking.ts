import type { Candidate, CityCandidates, GeoPoint, UpcomingShow } from './candidates.ts';
import { centreOf, kilometresBetween } from './distance.ts';
import type { FeedMessage } from './messages.ts';
import { onSale } from './rules.ts';
import type { Section, TitleCard } from './section.ts';
import { STAGES, type Suggestion, type Taste } from './taste.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What somebody looked at longer ago is nothing to continue. */
const CONTINUE_MS = 14 * DAY_MS;
/** A title is new for so long after its first show in the city. */
const NEW_MS = 14 * DAY_MS;

/** What a feed is ranked from. */
export interface FeedMaterial {
  readonly city: CityCandidates;
  /** Without what is past. */
  readonly candidates: readonly Candidate[];
  readonly taste: Taste;
  /** Where the viewer says they are. */
  readonly near: GeoPoint | null;
  readonly now: number;
}

/** The rankings of all sections, in their order. */
export function rankSections(material: FeedMaterial): Section<TitleCard>[] {
  return [toContinue(material), suggested(material), trending(material), newAndSoon(material), nearest(material)];
}

function toContinue({ candidates, taste, now }: FeedMaterial): Section<TitleCard> {
  const byId = new Map(candidates.map((candidate) => [candidate.titleId, candidate]));
  const left = taste.interests.filter(({ stage, lastAt }) => stage < STAGES.BOOKED && now - lastAt < CONTINUE_MS);
  const chosenFirst = left.toSorted((a, b) => Number(isChosen(b)) - Number(isChosen(a)) || b.lastAt - a.lastAt);
  const cards = chosenFirst.flatMap(({ titleId, stage }) => {
    const candidate = onSaleOf(byId.get(titleId), now);
    const key = REASON_TO_CONTINUE[stage as keyof typeof REASON_TO_CONTINUE];
    return candidate ? [card(candidate, { key, values: {} })] : [];
  });
  return { kind: 'CONTINUE', heading: { key: 'headContinue', values: {} }, cards };
}

const isChosen = ({ stage }: { readonly stage: number }): boolean => stage === STAGES.CHOSE_SEATS;

const REASON_TO_CONTINUE = {
  [STAGES.LOOKED]: 'looked',
  [STAGES.LOOKED_AT_SHOWS]: 'lookedAtShows',
  [STAGES.CHOSE_SEATS]: 'choseSeats',
} as const;

/** What people alike looked at; behind it, and for the new, the best rated of every genre. */
function suggested({ city, candidates, taste, now }: FeedMaterial): Section<TitleCard> {
  const known = new Set(taste.interests.map(({ titleId }) => titleId));
  const suggestions = new Map(taste.suggestions.map((each, rank) => [each.titleId, { ...each, rank }]));
  const fresh = saleable(candidates, now).filter(({ titleId }) => !known.has(titleId));
  const alike = fresh.filter(({ titleId }) => suggestions.has(titleId));
  alike.sort((a, b) => rankIn(suggestions, a) - rankIn(suggestions, b));
  const others = genresInTurn(fresh.filter(({ titleId }) => !suggestions.has(titleId)).toSorted(byRating));
  const isNew = taste.suggestions.length === 0;
  return {
    kind: 'SUGGESTED',
    heading: isNew
      ? { key: 'headBestRated', values: { cityName: city.cityName } }
      : { key: 'headSuggested', values: {} },
    cards: [
      ...alike.map((candidate) => card(candidate, reasonOf(suggestions.get(candidate.titleId), city))),
      ...others.map((candidate) => card(candidate, usualReason(candidate, city))),
    ],
  };
}

const rankIn = (suggestions: ReadonlyMap<string, { readonly rank: number }>, { titleId }: Candidate): number =>
  suggestions.get(titleId)?.rank ?? Infinity;

function reasonOf(suggestion: Suggestion | undefined, city: CityCandidates): FeedMessage {
  if (!suggestion?.because) return { key: 'showing', values: { cityName: city.cityName } };
  const { titleName, booked } = suggestion.because;
  return { key: booked ? 'becauseBooked' : 'becauseLooked', values: { titleName } };
}

function usualReason({ average }: Candidate, { cityName }: CityCandidates): FeedMessage {
  return average === null ? { key: 'showing', values: { cityName } } : { key: 'rated', values: { stars: average } };
}

/** One title of each genre after the other, each genre's best first. */
function genresInTurn(ranked: readonly Candidate[]): Candidate[] {
  const turns = new Map<string, number>();
  const turnOf = ({ genres: [genre = ''] }: Candidate): number => {
    const turn = turns.get(genre) ?? 0;
    turns.set(genre, turn + 1);
    return turn;
  };
  const withTurns = ranked.map((candidate) => ({ candidate, turn: turnOf(candidate) }));
  return withTurns.toSorted((a, b) => a.turn - b.turn).map(({ candidate }) => candidate);
}

function trending({ city, candidates, now }: FeedMaterial): Section<TitleCard> {
  const ranked = saleable(candidates, now).toSorted(
    (a, b) => (b.heat ?? -Infinity) - (a.heat ?? -Infinity) || byRating(a, b),
  );
  const values = { cityName: city.cityName };
  const cards = ranked.map((candidate) =>
    card(candidate, candidate.heat === null ? usualReason(candidate, city) : { key: 'trending', values }),
  );
  return { kind: 'TRENDING', heading: { key: 'headTrending', values }, cards };
}

/** What is still to come, the soonest first, before what came lately, the latest first. */
function newAndSoon({ city, candidates, now }: FeedMaterial): Section<TitleCard> {
  const recent = candidates.filter(({ premiereAt }) => now - premiereAt < NEW_MS);
  const cards = recent
    .toSorted((a, b) => Number(b.premiereAt > now) - Number(a.premiereAt > now) || towards(a, b, now))
    .map((candidate) => card(candidate, newsOf(candidate, city, now)));
  return { kind: 'NEW_AND_SOON', heading: { key: 'headNewAndSoon', values: {} }, cards };
}

const towards = (a: Candidate, b: Candidate, now: number): number =>
  Math.abs(a.premiereAt - now) - Math.abs(b.premiereAt - now) || byRating(a, b);

function newsOf(
  { premiereAt, shows: [next] }: Candidate,
  { cityName, timeZone }: CityCandidates,
  now: number,
): FeedMessage {
  const day = (at: number) => ({ at: new Date(at).toISOString(), timeZone });
  if (next.salesOpenAt !== null && next.salesOpenAt > now)
    return { key: 'onSaleFrom', values: { day: day(next.salesOpenAt) } };
  if (premiereAt > now) return { key: 'firstShow', values: { day: day(premiereAt) } };
  return { key: 'isNew', values: { cityName } };
}

/** By the distance of the venue in half kilometres, then by heat. */
function nearest({ city, candidates, taste, near, now }: FeedMaterial): Section<TitleCard> {
  const origin = originOf(candidates, taste, near);
  const placed = origin ? saleable(candidates, now).flatMap((candidate) => nearestShow(candidate, origin.point)) : [];
  const halves = ({ km }: { readonly km: number }): number => Math.round(km * 2);
  placed.sort(
    (a, b) =>
      halves(a) - halves(b) ||
      (b.candidate.heat ?? -Infinity) - (a.candidate.heat ?? -Infinity) ||
      byRating(a.candidate, b.candidate),
  );
  const from = { placeKind: origin?.kind ?? 'CENTRE', place: origin?.venueName ?? city.cityName } as const;
  const cards = placed.map(({ candidate: { titleId }, show, km }) => ({
    ...{ titleId, showId: show.id },
    reason: {
      key: 'near',
      values: { ...from, kilometres: km, venueName: show.venueName },
    } as const,
  }));
  return { kind: 'NEAR', heading: { key: 'headNear', values: from }, cards };
}

interface Origin {
  readonly kind: 'VIEWER' | 'VENUE' | 'CENTRE';
  readonly point: GeoPoint;
  readonly venueName?: string;
}

function originOf(candidates: readonly Candidate[], { lastVenueId }: Taste, near: GeoPoint | null): Origin | null {
  if (near) return { kind: 'VIEWER', point: near };
  const shows = candidates.flatMap((candidate) => candidate.shows);
  const known = shows.find(({ venueId, location }) => venueId === lastVenueId && location !== null);
  if (known?.location) return { kind: 'VENUE', point: known.location, venueName: known.venueName };
  const venues = new Map(shows.flatMap(({ venueId, location }) => (location ? [[venueId, location] as const] : [])));
  const point = centreOf([...venues.values()]);
  return point && { kind: 'CENTRE', point };
}

function nearestShow(
  candidate: Candidate,
  point: GeoPoint,
): { candidate: Candidate; show: UpcomingShow; km: number }[] {
  const placed = candidate.shows.flatMap((show) =>
    show.location ? [{ candidate, show, km: kilometresBetween(point, show.location) }] : [],
  );
  return placed.toSorted((a, b) => a.km - b.km).slice(0, 1);
}

function card({ titleId, shows: [{ id: showId }] }: Candidate, reason: FeedMessage): TitleCard {
  return { titleId, showId, reason };
}

const onSaleOf = (candidate: Candidate | undefined, now: number): Candidate | null =>
  candidate ? onSale(candidate, now) : null;

const saleable = (candidates: readonly Candidate[], now: number): Candidate[] =>
  candidates.flatMap((candidate) => onSale(candidate, now) ?? []);

/** The best rated first, then the one that is shown soonest; of equals always the same. */
function byRating(a: Candidate, b: Candidate): number {
  return (
    (b.score ?? 0) - (a.score ?? 0) || a.shows[0].startsAt - b.shows[0].startsAt || (a.titleId < b.titleId ? -1 : 1)
  );
}
