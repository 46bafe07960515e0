import { badInput } from '@marquee/errors';

import type { DocumentKind, TitleKind } from './document.ts';
import type { Highlighted } from './highlight.ts';

/** Matches that are counted and ranked: the most popular of them. Ranking all does not scale. */
export const MAX_CANDIDATES = 1_000;
/** Kilometres around `near` within which what is nearer ranks higher. */
const NEARNESS_REACH = 50;
const MAX_KILOMETRES = 500;

export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** The conditions of a search; null where there is none. */
export interface Conditions {
  readonly cityCode: string | null;
  readonly kinds: readonly TitleKind[] | null;
  readonly genres: readonly string[] | null;
  readonly languages: readonly string[] | null;
  /** Such as `2027-01-31`. */
  readonly date: string | null;
  readonly near: NearCondition | null;
}

export interface NearCondition extends GeoPoint {
  readonly kilometres: number;
  /** Whether what is farther is left out. */
  readonly isRequired: boolean;
}

/** How matches are found and ranked. The queries are texts of a `tsquery`; null for a blank text, which matches all. */
export interface Ranking {
  readonly folded: string;
  readonly matches: string | null;
  /** Every word as it was written, in a name or a person. */
  readonly strong: string | null;
}

export interface FoundDocument extends Highlighted {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly score: number;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facet {
  readonly name: 'kind' | 'genres' | 'languages';
  readonly values: readonly FacetValue[];
}

export interface FoundPage {
  readonly total: number;
  /** How many have every word in a name or a person. */
  readonly strong: number;
  readonly facets: readonly Facet[];
  /** Up to one more than the page's limit. */
  readonly documents: readonly FoundDocument[];
}

/** The filter of a client. */
export interface FilterInput {
  readonly kind?: readonly TitleKind[] | null | undefined;
  readonly genres?: readonly string[] | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly date?: string | null | undefined;
  readonly near?: GeoPoint | null | undefined;
  readonly withinKilometres?: number | null | undefined;
}

/** @throws {CodedError} BAD_USER_INPUT for a place that is not on earth, or a distance without a place */
export function parseConditions(cityCode: string | null, filter: FilterInput | null | undefined): Conditions {
  const { kind, genres, languages, date, near, withinKilometres } = filter ?? {};
  return {
    cityCode,
    kinds: some(kind),
    genres: some(genres),
    languages: some(languages),
    date: date ?? null,
    near: parseNear(near ?? null, withinKilometres ?? null),
  };
}

/** An empty list is no condition. */
function some<T>(values: readonly T[] | null | undefined): readonly T[] | null {
  return values && values.length > 0 ? [...new Set(values)].toSorted() : null;
}

function parseNear(near: GeoPoint | null, kilometres: number | null): NearCondition | null {
  if (kilometres !== null && !(kilometres > 0 && kilometres <= MAX_KILOMETRES)) {
    throw badInput('filter.withinKilometres', `Ask for more than 0 and at most ${MAX_KILOMETRES} kilometres.`);
  }
  if (near === null) {
    if (kilometres !== null) throw badInput('filter.near', 'Say near which location.');
    return null;
  }
  const { latitude, longitude } = near;
  assertWithin('filter.near.latitude', latitude, 90);
  assertWithin('filter.near.longitude', longitude, 180);
  return { latitude, longitude, kilometres: kilometres ?? NEARNESS_REACH, isRequired: kilometres !== null };
}

function assertWithin(field: string, degrees: number, most: number): void {
  if (!(Math.abs(degrees) <= most)) throw badInput(field, `Enter degrees from -${most} to ${most}.`);
}

/** Whether only what has shows of a certain kind is found. */
export function isScoped({ cityCode, date, near }: Conditions): boolean {
  return cityCode !== null || date !== null || near?.isRequired === true;
}
