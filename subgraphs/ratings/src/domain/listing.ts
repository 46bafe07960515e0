import type { LatestPage } from '@marquee/subgraph';

import type { Review } from './review.ts';

export const REVIEW_SORTS = ['NEWEST', 'MOST_HELPFUL', 'HIGHEST', 'LOWEST'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

/** The place of a review in a list of a subject's: the highest rank first, then the newest. */
export interface ReviewPosition {
  readonly rank: number;
  readonly createdAt: Date;
  readonly id: string;
}

/** The requested page of a subject's reviews. */
export interface ReviewPage {
  readonly sort: ReviewSort;
  readonly limit: number;
  readonly after: ReviewPosition | null;
}

/** The requested page of a person's reviews, or of the queue, whose `createdAt` is when a review was queued. */
export type { LatestPage };

const RANKS: Readonly<Record<ReviewSort, (review: Pick<Review, 'helpfulCount' | 'stars'>) => number>> = {
  NEWEST: () => 0,
  MOST_HELPFUL: ({ helpfulCount }) => helpfulCount,
  HIGHEST: ({ stars }) => stars,
  LOWEST: ({ stars }) => -stars,
};

export function rankOf(sort: ReviewSort, review: Pick<Review, 'helpfulCount' | 'stars'>): number {
  return RANKS[sort](review);
}
