import type { SqlDatabase, SqlTransaction } from '@marquee/database';

import type { AddReview, NewReview } from '../domain/ports.ts';
import type { Judged, Review } from '../domain/review.ts';
import { countStars } from './count-stars.ts';
import { DeletedReviewRepository } from './deleted-reviews.ts';
import { firstReview, reviewColumns, type ReviewRow } from './review-row.ts';

/**
 * Adds reviews. The place of the author's review of the subject is taken first: from then on none can be deleted that the
 * next statement would not see.
 */
export function addReviewIn(database: SqlDatabase): AddReview {
  return (review, judgeAfter) =>
    database.$sqlTransaction(async (tx) => {
      if (!(await takePlace(tx, review))) return null;
      const { authorId, subject } = review;
      const followsRejection = await new DeletedReviewRepository(tx).hasUnpublished(authorId, subject);
      return decided(tx, review, judgeAfter(followsRejection));
    });
}

/** Inserts a review that nobody sees. @returns false when the author has reviewed the subject */
async function takePlace(tx: SqlTransaction, review: NewReview): Promise<boolean> {
  const { id, authorId, subject, stars, text, createdAt } = review;
  const inserted = await tx.$executeRaw`
    INSERT INTO reviews (id, author_id, subject_type, subject_id, stars, text, status, queued_at, created_at)
    VALUES (${id}, ${authorId}, ${subject.type}::"SubjectType", ${subject.id}, ${stars}::int, ${text}, 'PENDING',
      ${createdAt}::timestamptz, ${createdAt}::timestamptz)
    ON CONFLICT (author_id, subject_type, subject_id) DO NOTHING`;
  return inserted > 0;
}

async function decided(tx: SqlTransaction, { id }: NewReview, { status, doubts }: Judged): Promise<Review | null> {
  const rows = await tx.$queryRaw<ReviewRow[]>`
    WITH after AS (
      UPDATE reviews SET status = ${status}::"ReviewStatus", doubts = ${[...doubts]}::text[],
        queued_at = CASE WHEN ${status} = 'PENDING' THEN queued_at END
      WHERE id = ${id} RETURNING *
    ), ${countStars({ after: 'after' })}
    SELECT ${reviewColumns('after')} FROM after`;
  return firstReview(rows);
}
