import type { FeedMessage } from './messages.ts';

/** In the order of a feed. */
export const SECTION_KINDS = ['CONTINUE', 'SUGGESTED', 'TRENDING', 'NEW_AND_SOON', 'NEAR'] as const;

export type SectionKind = (typeof SECTION_KINDS)[number];

/** Titles of a section. */
export const SECTION_SIZE = 12;

export interface TitleCard {
  readonly titleId: string;
  readonly showId: string;
  readonly reason: FeedMessage;
}

export interface SponsoredCard {
  readonly titleId: string;
  readonly impressionToken: string;
  readonly headline: string;
  readonly imageUrl: string;
}

export type Card = TitleCard | SponsoredCard;

/** A section; before titles are dealt, all that it would like to have, the best first. */
export interface Section<Item = Card> {
  readonly kind: SectionKind;
  readonly heading: FeedMessage;
  readonly cards: readonly Item[];
}
