import type { CityCandidates } from './candidates.ts';
import type { SponsoredCard } from './section.ts';
import type { Taste } from './taste.ts';

/** Which feed is read: of a city, by somebody. */
export interface FeedKey {
  readonly cityCode: string;
  /** Null for whoever is not signed in. */
  readonly userId: string | null;
}

/** Somebody's taste in the titles of a city. */
export interface TasteKey {
  readonly cityCode: string;
  readonly userId: string;
}

/** The versions of what a feed is made of; those of another are out of date. */
export interface FeedVersions {
  readonly city: string;
  readonly taste: string;
}

export interface Feeds {
  /** Null for a city that is not known. */
  versions(key: FeedKey): Promise<FeedVersions | null>;
  candidates(cityCode: string): Promise<CityCandidates>;
  /** @param titleIds the titles of the city */
  taste(key: TasteKey, titleIds: readonly string[]): Promise<Omit<Taste, 'language'>>;
}

/** Values by key and version, loaded once for many callers. */
export interface Cache<Value> {
  /** @param version null when it is not known: then the last value is good enough */
  read(key: string, version: string | null, load: () => Promise<Value>): Promise<Value>;
}

/** Sponsored cards for so many places; fewer when few win them, none while ads is away. */
export type FindSponsored = (asked: {
  readonly cityId: string;
  readonly viewerKey: string;
  readonly slots: number;
}) => Promise<readonly SponsoredCard[]>;

/** The language of a person, a BCP 47 tag; null when it is not known. */
export type FindLanguage = (userId: string) => Promise<string | null>;

/** The part of a title that feed keeps, as catalog knows it. */
export interface KnownTitle {
  readonly titleId: string;
  readonly version: number;
  readonly name: string;
  readonly facts: { readonly genres: readonly string[]; readonly releaseDate: string | null } | null;
}

/** The part of a venue and its city that feed keeps. */
export interface KnownVenue {
  readonly venueId: string;
  readonly version: number;
  readonly name: string;
  readonly facts: {
    readonly cityCode: string;
    readonly cityName: string;
    readonly timeZone: string;
    readonly latitude: number;
    readonly longitude: number;
  } | null;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Shows of a title at a venue. */
export interface ScheduledShows {
  readonly cityCode: string;
  readonly timeZone: string;
  readonly title: Named;
  readonly venue: Named;
  readonly salesOpenAt: string | null;
  readonly shows: readonly { readonly id: string; readonly startsAt: string }[];
}

/** When a show is now. */
export interface ChangedShow {
  readonly showId: string;
  readonly cityCode: string;
  readonly version: number;
  readonly startsAt: string;
}

/** A show as catalog knows it. */
export interface KnownShow extends Omit<ScheduledShows, 'shows'>, Omit<ChangedShow, 'startsAt'> {
  readonly cancelled: boolean;
  readonly shows: ScheduledShows['shows'];
}

/** All that catalog knows, a page at a time. */
export interface Catalog {
  titles(): AsyncIterable<readonly KnownTitle[]>;
  venues(): AsyncIterable<readonly KnownVenue[]>;
  shows(): AsyncIterable<readonly KnownShow[]>;
}

/** Feed's copy of it, which keeps what is newer. */
export interface CatalogCopy {
  /** Whether it is time to compare; then it is for nobody else. */
  claim(): Promise<boolean>;
  saveTitles(page: readonly KnownTitle[]): Promise<void>;
  saveVenues(page: readonly KnownVenue[]): Promise<void>;
  saveShows(page: readonly KnownShow[]): Promise<void>;
  /** All of it was compared. */
  finish(): Promise<void>;
}
