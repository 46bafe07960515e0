import type { City } from './city.ts';
import type { CityDay, CitySearch, CitySortKey, Page, ShowingSearch, ShowSortKey, TitleSortKey } from './listing.ts';
import type { Show } from './show.ts';
import type { ScreenInVenue, ShowBatch } from './show-batch.ts';
import type { Title } from './title.ts';
import type { NewScreen, Screen, Venue } from './venue.ts';

export interface Cities {
  byCodes(codes: readonly string[]): Promise<City[]>;
  /** Returns up to `limit + 1` cities. */
  search(search: CitySearch, page: Page<CitySortKey>): Promise<(City & CitySortKey)[]>;
}

export interface Titles {
  byIds(ids: readonly string[]): Promise<Title[]>;
  /** Returns up to `limit + 1` titles that have a show. */
  showing(search: ShowingSearch, page: Page<TitleSortKey>): Promise<(Title & TitleSortKey)[]>;
  countShowing(search: ShowingSearch): Promise<number>;
  /** Stores the title and returns null, or returns the film that already exists. */
  create(title: Title, createdBy: string): Promise<Title | null>;
}

export interface Venues {
  byIds(ids: readonly string[]): Promise<Venue[]>;
  /**
   * Stores a venue with its screens and emits their layouts, all or nothing.
   *
   * @returns null, or the venue that already exists
   */
  create(venue: Venue, screens: readonly NewScreen[]): Promise<Venue | null>;
}

export interface Screens {
  byIds(ids: readonly string[]): Promise<Screen[]>;
  ofVenues(venueIds: readonly string[]): Promise<Screen[]>;
  inVenue(screenId: string): Promise<ScreenInVenue | null>;
}

export interface Shows {
  byIds(ids: readonly string[]): Promise<Show[]>;
  /** Returns up to `limit + 1` shows of each title, by start. */
  ofTitles(titleIds: readonly string[], day: CityDay, page: Page<ShowSortKey>): Promise<Show[]>;
  /** Returns up to `limit + 1` shows of each venue, by start. */
  ofVenues(venueIds: readonly string[], date: string, page: Page<ShowSortKey>): Promise<Show[]>;
  /**
   * Stores the shows and emits them, all or nothing. Overlaps on a screen are refused by the database.
   *
   * @returns null, or a show that already occupies the screen at one of the times
   */
  schedule(batch: ShowBatch): Promise<Show | null>;
}

/** Whether a show is sold out, as booking reports it. */
export interface ShowAvailability {
  readonly showId: string;
  readonly soldOut: boolean;
  readonly reportedAt: Date;
}

export interface ShowAvailabilities {
  /** Records a report; one older than the last recorded is ignored. */
  record(availability: ShowAvailability): Promise<void>;
}
