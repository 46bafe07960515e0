import type { City } from '../domain/city.ts';
import type { ShowBatch } from '../domain/show-batch.ts';
import type { Title } from '../domain/title.ts';
import type { NewScreen, Venue } from '../domain/venue.ts';

/** The days of a city that the seed has filled. */
export interface SeededCity {
  readonly code: string;
  readonly timeZone: string;
  /** The last day with seeded shows. */
  readonly until: string | null;
}

export interface SeedPlaces {
  readonly cities: readonly City[];
  readonly titles: readonly Title[];
  readonly venues: readonly { readonly venue: Venue; readonly screens: readonly NewScreen[] }[];
  /** The user recorded as the creator of the titles. */
  readonly createdBy: string;
}

/** Storage of the seed. */
export interface SeedStore {
  /** All cities, in one statement. */
  cities(): Promise<SeededCity[]>;
  /** Stores what is missing, all or nothing. @returns the number of venues added */
  addPlaces(places: SeedPlaces): Promise<number>;
  /** Stores and emits the shows of one city; those whose screen is occupied are skipped. @returns the number added */
  addShows(batches: readonly ShowBatch[]): Promise<number>;
}
