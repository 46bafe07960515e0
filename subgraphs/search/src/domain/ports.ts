import type { Document, IndexedDocument } from './document.ts';
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

/** Answers that are shown again while their version is the same. */
export interface Answers {
  /**
   * @param asked everything that tells one answer from another
   * @param version null while nobody knows it: then an answer that is kept is shown, whatever its version
   */
  read(asked: readonly unknown[], version: string | null, load: () => Promise<object>): Promise<object>;
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

/** The two copies of the read model. */
export interface Slots {
  /** Empties the slot that does not serve and has changes go to it from now on. @returns the slot */
  begin(): Promise<number>;
  /** Has the slot serve in place of the other. */
  swap(slot: number): Promise<void>;
  /** Leaves a slot that was begun. */
  abandon(): Promise<void>;
}

export interface Rebuilds {
  /** Runs `work` for the oldest open request, unless another process does. */
  workOn(work: (id: number) => Promise<void>): Promise<void>;
  /** Adds to what was read. */
  advance(id: number, read: number): Promise<void>;
  /** @param error why it failed; null when it did not */
  end(id: number, error: string | null): Promise<void>;
}

/** The domains that know everything, page by page. */
export interface Source {
  titles(): AsyncIterable<readonly Document[]>;
  venues(): AsyncIterable<readonly Document[]>;
  shows(): AsyncIterable<readonly ScheduledShow[]>;
  ratings(documents: readonly Pick<Document, 'id' | 'kind'>[]): Promise<readonly Rating[]>;
}

/** Fills the slot that was begun. What events have told meanwhile is newer and stays. */
export interface Filling {
  addDocuments(documents: readonly IndexedDocument[]): Promise<unknown>;
  addShows(shows: readonly ScheduledShow[]): Promise<void>;
  rate(ratings: readonly Rating[]): Promise<void>;
}
