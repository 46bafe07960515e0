import type { Locale } from '@marquee/messages';

import type { FeedMaterial } from '../domain/ranking/index.ts';
import type { Section, SponsoredCard, TitleCard as Card } from '../domain/section.ts';

/** A feed, before a page of it is composed. */
export interface HomeFeed {
  readonly cityId: string;
  readonly userId: string | null;
  readonly material: FeedMaterial;
  readonly locale: Locale;
}

export interface TitleCard extends Card {
  readonly locale: Locale;
}

export interface FeedSection extends Section<Card | SponsoredCard> {
  readonly locale: Locale;
}
