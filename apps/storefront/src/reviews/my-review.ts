import type { MyTitleReviewQuery } from '../generated/graphql.ts';

/** The signed-in person's review of a title or a venue, which others may not see. */
export type MyReview = NonNullable<NonNullable<MyTitleReviewQuery['title']>['viewerReview']>;
