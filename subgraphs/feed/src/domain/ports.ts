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
