import type { Period } from '@marquee/subgraph';

import type { GeoPoint } from './geo-point.ts';
import type { TitleKind } from './title.ts';

/** A page of a list: up to `limit` items after the one with the sort key `after`. */
export interface Page<Key> {
  readonly limit: number;
  readonly after: Key | null;
}

/** Cities sort by rank, then by name: with a search, rank is the quality of the match; near a place, the distance. */
export interface CitySortKey {
  readonly rank: number;
  readonly searchName: string;
  readonly code: string;
}

export interface CitySearch {
  /** Folded by `foldName`; null matches all cities. */
  readonly search: string | null;
  readonly near: GeoPoint | null;
}

/** Titles found by name sort by the quality of the match, then by name. */
export interface RankedTitleSortKey extends TitleSortKey {
  readonly rank: number;
}

export interface TitleSearch {
  /** Folded by `foldName`; null matches all titles. */
  readonly search: string | null;
  readonly kind: TitleKind | null;
}

export interface VenueSortKey {
  readonly name: string;
  readonly id: string;
}

export interface TitleSortKey {
  readonly sortName: string;
  readonly id: string;
}

/** Titles with a show in a city. */
export interface ShowingSearch {
  readonly cityCode: string;
  /** A day in the city's time zone; null matches shows that start after `now`. */
  readonly date: string | null;
  readonly now: Date;
  readonly kind: TitleKind | null;
}

export interface ShowSortKey {
  readonly startsAt: Date;
  readonly id: string;
}

/** Days in a city's time zone. */
export interface CityPeriod extends Period {
  readonly cityCode: string;
}

/** A calendar day in a city's time zone. */
export interface CityDay {
  readonly cityCode: string;
  readonly date: string;
}

/** A day on which a title has a show. */
export interface TitleDate {
  readonly titleId: string;
  readonly date: string;
}
