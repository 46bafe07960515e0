import type { City } from './city.ts';
import type { CitySearch, CitySortKey, Page, RankedTitleSortKey, TitleSearch } from './listing.ts';
import type { ChangedShow, Show } from './show.ts';
import type { ScreenInVenue, ShowBatch } from './show-batch.ts';
import type { Title, TitleChanges } from './title.ts';
import type { NewVenue, Venue, VenueChanges } from './venue.ts';

export interface Cities {
  findMany(codes: readonly string[]): Promise<City[]>;
  /** Returns up to `limit + 1` cities. */
  search(search: CitySearch, page: Page<CitySortKey>): Promise<(City & CitySortKey)[]>;
}

/** The user's id of who makes a change, for the audit log. */
type Actor = string;

export interface Titles {
  findMany(ids: readonly string[]): Promise<Title[]>;
  /** Returns up to `limit + 1` titles. */
  search(search: TitleSearch, page: Page<RankedTitleSortKey>): Promise<(Title & RankedTitleSortKey)[]>;
  /** Stores the title, emits it and returns null, or returns the film that already exists. */
  create(title: Title, by: Actor): Promise<Title | null>;
  /** Changes the title, emits it and returns null, or returns the film that it would repeat. */
  update(title: Title, changes: TitleChanges, by: Actor): Promise<Title | null>;
}

export interface Venues {
  /**
   * Stores a venue with its screens and emits them, all or nothing.
   *
   * @returns null, or the venue that already exists
   */
  create(venue: NewVenue, by: Actor): Promise<Venue | null>;
  findMany(ids: readonly string[]): Promise<Venue[]>;
  /** Changes the venue, emits it and returns null, or returns the venue that it would repeat. */
  update(venue: Venue, changes: VenueChanges, by: Actor): Promise<Venue | null>;
}

export interface Screens {
  inVenue(screenId: string): Promise<ScreenInVenue | null>;
}

/** Refusal of a change: the show has started or was cancelled meanwhile, or another change was faster. */
export type ChangeRefusal = 'NOT_UPCOMING' | 'OVERTAKEN';

export interface Shows {
  findMany(ids: readonly string[]): Promise<Show[]>;
  /**
   * Changes a show and emits it. An overlap on the screen is refused by the database.
   *
   * @returns null, or the show that occupies the screen, or the refusal
   */
  change(screen: ScreenInVenue, change: ChangedShow, by: Actor): Promise<Show | ChangeRefusal | null>;
  /** Cancels a show and emits that. @returns false when it has started or was cancelled before */
  cancel(
    show: Show,
    cancellation: { readonly reason: string; readonly at: Date; readonly by: Actor },
  ): Promise<boolean>;
  /**
   * Stores the shows and emits them, all or nothing. Overlaps on a screen are refused by the database.
   *
   * @returns null, or a show that already occupies the screen at one of the times
   */
  schedule(batch: ShowBatch, by: Actor): Promise<Show | null>;
}

/** Who would be affected by a change of a show, as booking counts them. */
export type CountDemand = (showId: string) => Promise<{ readonly bookings: number; readonly takenSeats: number }>;
