import { id, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** Events of ratings, keyed by the id of the review or of the subject. */
export const emits = {
  'ratings.review-moderated': z.object({
    reviewId: id,
    authorId: id,
    decision: z.enum(['PUBLISH', 'REJECT']),
    /** `PUBLISHED` of a review that was reported. */
    previousStatus: z.enum(['PUBLISHED', 'PENDING', 'REJECTED']),
  }),
  /** The first reply of the venue to a review. */
  'ratings.review-replied': z.object({ reviewId: id, authorId: id }),
  /** The rating as it is now. */
  'ratings.rating-changed': z.object({
    subject: z.enum(['TITLE', 'VENUE']),
    subjectId: id,
    /** Grows with each change: a late event with an older one is overtaken. */
    version: z.int(),
    count: z.int(),
    /** Null without reviews. */
    average: z.number().nullable(),
    /** The average for ranking, in which few reviews weigh little (ADR 48). */
    score: z.number(),
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}
