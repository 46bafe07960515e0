import type { Suggesting } from './suggestion.ts';
import type { Conditions, FoundPage, Ranking } from './search.ts';

/** The slot that serves, and the versions of what it shows. */
export interface Serving {
  readonly slot: number;
  /** Whether it has documents beyond the popular ones. */
  readonly hasCold: boolean;
  /** The same for two answers that show the same. */
  readonly version: string;
}

export interface ServingSlot {
  /** @param cityCode the city that an answer is about; null for all */
  current(cityCode: string | null): Promise<Serving>;
}

/** The documents of a slot. */
export interface Documents {
  find(serving: Serving, conditions: Conditions, ranking: Ranking, page: PageOfRanked): Promise<FoundPage>;
  /** Documents with a matching name, person or genre, the most popular first. */
  suggesting(serving: Serving, cityCode: string | null, query: string | null, at: Date): Promise<Suggesting[]>;
}

/** A part of a ranked list. */
export interface PageOfRanked {
  readonly limit: number;
  /** The item before the page; null for the first page. */
  readonly after: { readonly score: number; readonly id: string } | null;
  /** The time by which shows are over and popularity has faded. */
  readonly at: Date;
}

/** The words of all names, people and genres. */
export interface Vocabulary {
  /** Known words that each may be meant for, the nearest first. */
  similar(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Answers that may be shown again while their version is the same. */
export interface AnswerCache {
  /** @param make computes the answer when there is none, or the cache is away */
  through<T>(key: readonly unknown[], make: () => Promise<T>): Promise<T>;
}

/** A show as an event or catalog has it; what is not known is null. */
export interface ScheduledShow {
  readonly id: string;
  readonly cityCode: string;
  readonly titleId: string | null;
  readonly venueId: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly startsAt: string | null;
  /** Of the start: an older one is overtaken. */
  readonly version: number;
  readonly cancelled: boolean;
}

export interface Rating {
  readonly subjectId: string;
  readonly version: number;
  readonly score: number;
}

/** Booking's report on whether a show has seats. */
export interface SoldOutReport {
  readonly id: string;
  readonly cityCode: string;
  readonly soldOut: boolean;
  readonly at: Date;
}
