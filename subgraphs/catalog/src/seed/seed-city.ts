/**
 * The films that cinemas show dubbed: most of them, every second one, or matinees for families. All others are shown in
 * their original language, with subtitles.
 */
export type Dubbing = 'most' | 'some' | 'family';

/** A seed city: its key in the data set, and what the data set lacks. */
export interface SeedCity {
  readonly code: string;
  /** Name and ISO 3166 country code in `city-timezones`. */
  readonly find: readonly [name: string, countryCode: string];
  /** Overrides the data set's name where it lacks an accent. */
  readonly name?: string;
  /** The second part of its ISO 3166-2 code, where holidays differ within the country. */
  readonly region?: string | null;
  readonly currency: string;
  /** The local language, in English. */
  readonly language: string;
  /** Films dubbed into it; none by default. */
  readonly dubs?: Dubbing;
  /** Two cinemas and a venue for live events. Names are fictional, streets are real. */
  readonly venues: readonly [SeedVenue, SeedVenue, SeedVenue];
}

type SeedVenue = readonly [name: string, address: string];
