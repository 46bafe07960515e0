import type { GeoPointInput, SearchFilterInput, TitleKind } from '../generated/graphql.ts';
import { isDay } from '../days/days.ts';

/** A search as the address of its page has it. */
export interface SearchState {
  readonly text: string;
  readonly kinds: readonly TitleKind[];
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  readonly date: string | undefined;
  readonly near: GeoPointInput | undefined;
  readonly withinKilometres: number | undefined;
  /** Whether it looks beyond the chosen city. */
  readonly isEverywhere: boolean;
}

/** The parameters that take a facet's values, by the facet's name. */
export const FACET_PARAMS: Readonly<Record<string, string>> = { kind: 'kind', genres: 'genre', languages: 'language' };

const isKind = (text: string): text is TitleKind => text === 'MOVIE' || text === 'LIVE_EVENT';

export function readSearch(params: URLSearchParams): SearchState {
  const date = params.get('date');
  const near = pointOf(params.get('near'));
  const within = Number(params.get('within'));
  return {
    text: (params.get('q') ?? '').trim().slice(0, 200),
    kinds: params.getAll('kind').filter(isKind),
    genres: params.getAll('genre').slice(0, 20),
    languages: params.getAll('language').slice(0, 20),
    date: isDay(date) ? date : undefined,
    near,
    withinKilometres: near && within > 0 && within <= 500 ? within : undefined,
    isEverywhere: params.has('everywhere'),
  };
}

/** The filter of a search; null without any condition. */
export function filterOf({
  kinds,
  genres,
  languages,
  date,
  near,
  withinKilometres,
}: SearchState): SearchFilterInput | null {
  const filter: SearchFilterInput = {
    ...(kinds.length > 0 && { kind: [...kinds] }),
    ...(genres.length > 0 && { genres: [...genres] }),
    ...(languages.length > 0 && { languages: [...languages] }),
    ...(date !== undefined && { date }),
    ...(near && { near }),
    ...(withinKilometres !== undefined && { withinKilometres }),
  };
  return Object.keys(filter).length > 0 ? filter : null;
}

/** The same parameters with a value more, or less where it was there. */
export function toggled(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (next.has(name, value)) next.delete(name, value);
  else next.append(name, value);
  return next;
}

/** The same parameters with one set, or removed. */
export function withParam(params: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === undefined) next.delete(name);
  else next.set(name, value);
  return next;
}

function pointOf(text: string | null): GeoPointInput | undefined {
  const match = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(text ?? '');
  if (!match) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
