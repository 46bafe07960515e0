import type { City } from './city.ts';
import type { CitySearch, CitySortKey, Page, RankedTitleSortKey, TitleSearch } from './listing.ts';
import type { Show } from './show.ts';
import type { ScreenInVenue, ShowBatch } from './show-batch.ts';
import type { Title, TitleChanges } from './title.ts';
import type { NewVenue, Venue, VenueChanges } from './venue.ts';

export interface Cities {
  findMany(codes: readonly string[]): Promise<City[]>;
  /** Returns up to `limit + 1` cities. */
  search(search: CitySearch, page: Page<CitySortKey>): Promise<(City & CitySortKey)[]>;
}

export interface Titles {
  findMany(ids: readonly string[]): Promise<Title[]>;
  /** Returns up to `limit + 1` titles. */
  search(search: TitleSearch, page: Page<RankedTitleSortKey>): Promise<(Title & RankedTitleSortKey)[]>;
  /** Stores the title and returns null, or returns the film that already exists. */
  create(title: Title): Promise<Title | null>;
  /** Changes the title, emits its name and returns null, or returns the film that it would repeat. */
  update(title: Title, changes: TitleChanges): Promise<Title | null>;
}

export interface Venues {
  /**
   * Stores a venue with its screens and emits their layouts, all or nothing.
   *
   * @returns null, or the venue that already exists
   */
  create(venue: NewVenue): Promise<Venue | null>;
  findMany(ids: readonly string[]): Promise<Venue[]>;
  /** Changes the venue, emits its name and returns null, or returns the venue that it would repeat. */
  update(venue: Venue, changes: VenueChanges): Promise<Venue | null>;
}

export interface Screens {
  inVenue(screenId: string): Promise<ScreenInVenue | null>;
}

export interface Shows {
  /**
   * Stores the shows and emits them, all or nothing. Overlaps on a screen are refused by the database.
   *
   * @returns null, or a show that already occupies the screen at one of the times
   */
  schedule(batch: ShowBatch): Promise<Show | null>;
}
