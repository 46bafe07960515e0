/** A place on the map, in degrees. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** A show that is not cancelled, sold out or past. Times are in milliseconds since 1970: candidates survive JSON. */
export interface UpcomingShow {
  readonly id: string;
  readonly venueId: string;
  readonly venueName: string;
  /** Null while the venue's facts are not known. */
  readonly location: GeoPoint | null;
  readonly startsAt: number;
  /** Null when it is on sale. */
  readonly salesOpenAt: number | null;
}

/** A title with upcoming shows in a city. */
export interface Candidate {
  readonly titleId: string;
  readonly name: string;
  readonly genres: readonly string[];
  /** Its rating for ranking, and as people read it; null without one. */
  readonly score: number | null;
  readonly average: number | null;
  /** How much it is looked at in the city these days, as a logarithm; null when nobody looked at it. */
  readonly heat: number | null;
  /** When its first show in the city is, or was. */
  readonly premiereAt: number;
  /** The next show of each venue, the soonest first; at least one. */
  readonly shows: readonly [UpcomingShow, ...UpcomingShow[]];
}

/** All that a city's feeds are made of. */
export interface CityCandidates {
  readonly cityName: string;
  readonly timeZone: string;
  readonly titles: readonly Candidate[];
}
