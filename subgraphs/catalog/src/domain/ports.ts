import type { City } from './city.ts';
import type { GeoPoint } from './geo-point.ts';
import type { SeatLayout } from './seat-layout.ts';
import type { PriceTier, Show } from './show.ts';
import type { CancellationTier } from './cancellation-policy.ts';
import type { Title, TitleKind } from './title.ts';
import type { Screen, Venue } from './venue.ts';

/** Which part of a list is wanted: up to `limit` items behind the one whose sort key is `after`. */
export interface Page<Key> {
  readonly limit: number;
  readonly after: Key | null;
}

/** Where a city stands in a list: by rank, then by name. A search ranks by likeness, a place by distance. */
export interface CityPosition {
  readonly rank: number;
  readonly searchName: string;
  readonly code: string;
}

export interface CitySearch {
  /** Folded; null for all cities. */
  readonly search: string | null;
  readonly near: GeoPoint | null;
}

export interface Cities {
  withCodes(codes: readonly string[]): Promise<City[]>;
  /** Up to `limit + 1` cities with their positions. */
  search(search: CitySearch, page: Page<CityPosition>): Promise<(City & CityPosition)[]>;
}

/** Where a title stands in a list. */
export interface TitlePosition {
  readonly sortName: string;
  readonly id: string;
}

export interface ShowingSearch {
  readonly cityCode: string;
  /** The shows' day; null for those that start after `now`. */
  readonly date: string | null;
  readonly now: Date;
  readonly kind: TitleKind | null;
}

export interface Titles {
  withIds(ids: readonly string[]): Promise<Title[]>;
  /** Up to `limit + 1` titles with a show. */
  showing(search: ShowingSearch, page: Page<TitlePosition>): Promise<(Title & TitlePosition)[]>;
  countShowing(search: ShowingSearch): Promise<number>;
  /** @returns the film that is there already, else null once the title is stored */
  create(title: Title, createdBy: string): Promise<Title | null>;
}

/** A screen with its seats, about to be stored. */
export interface NewScreen {
  readonly screen: Screen;
  readonly layout: SeatLayout;
}

export interface Venues {
  withIds(ids: readonly string[]): Promise<Venue[]>;
  /**
   * Stores a venue with its screens and tells of their layouts, all or nothing.
   *
   * @returns the venue that is there already, else null once the new one is stored
   */
  create(venue: Venue, screens: readonly NewScreen[]): Promise<Venue | null>;
}

/** A screen with what scheduling shows on it depends on. */
export interface Stage {
  readonly screen: Screen;
  readonly venue: Venue;
  readonly city: City;
  /** The price tiers of the screen's seats. */
  readonly tierNames: readonly string[];
}

export interface Screens {
  withIds(ids: readonly string[]): Promise<Screen[]>;
  ofVenues(venueIds: readonly string[]): Promise<Screen[]>;
  stage(screenId: string): Promise<Stage | null>;
}

/** Shows of one title on one screen, about to be stored. */
export interface ShowBatch {
  readonly stage: Stage;
  readonly title: Pick<Title, 'id' | 'name' | 'kind'>;
  readonly language: string;
  readonly format: string;
  readonly cancellationTiers: readonly CancellationTier[];
  readonly highDemand: boolean;
  readonly salesOpenAt: Date;
  /** By start. */
  readonly shows: readonly NewShow[];
}

export interface NewShow {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** When the screen is clean for the next show. */
  readonly screenFreeAt: Date;
  /** The cheapest first. */
  readonly tiers: readonly PriceTier[];
}

/** Where a show stands in a list. */
export interface ShowPosition {
  readonly startsAt: Date;
  readonly id: string;
}

/** Shows of a day. */
export interface DayOfTitle {
  readonly cityCode: string;
  readonly date: string;
}

export interface Shows {
  withIds(ids: readonly string[]): Promise<Show[]>;
  /** Up to `limit + 1` shows of each title, by start. */
  ofTitles(titleIds: readonly string[], day: DayOfTitle, page: Page<ShowPosition>): Promise<Show[]>;
  /** Up to `limit + 1` shows of each venue, by start. */
  ofVenues(venueIds: readonly string[], date: string, page: Page<ShowPosition>): Promise<Show[]>;
  /**
   * Stores the shows and tells of them, all or nothing; the database refuses what overlaps.
   *
   * @returns a show that has the screen at one of the times, else null once they are stored
   */
  schedule(batch: ShowBatch): Promise<Show | null>;
}
