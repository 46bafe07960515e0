import type { Document, TitleKind } from './document.ts';

/** A title as catalog tells of it, in an event or a page. */
export interface TitleFacts {
  readonly titleId: string;
  readonly version: number;
  readonly name: string;
  /** Null in older events. */
  readonly facts: {
    readonly kind: TitleKind;
    readonly description: string;
    readonly genres: readonly string[];
    readonly languages: readonly string[];
    readonly director: string | null;
    readonly performers: readonly string[];
  } | null;
}

/** A venue as catalog tells of it. */
export interface VenueFacts {
  readonly venueId: string;
  readonly version: number;
  readonly name: string;
  /** Null in older events. */
  readonly facts: {
    readonly cityCode: string;
    readonly cityName: string;
    readonly address: string;
    readonly latitude: number;
    readonly longitude: number;
  } | null;
}

export function titleDocument({ titleId, version, name, facts }: TitleFacts): Document | null {
  if (facts === null) return null;
  const { kind, description, genres, languages, director, performers } = facts;
  const people = [...new Set([...(director === null ? [] : [director]), ...performers])];
  return { id: titleId, kind, version, name, people, genres, languages, description, place: null };
}

export function venueDocument({ venueId, version, name, facts }: VenueFacts): Document | null {
  if (facts === null) return null;
  const { cityCode, cityName, address, latitude, longitude } = facts;
  const place = { cityCode, cityName, address, latitude, longitude };
  return { id: venueId, kind: 'VENUE', version, name, people: [], genres: [], languages: [], description: '', place };
}
