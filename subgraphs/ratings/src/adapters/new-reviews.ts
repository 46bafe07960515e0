import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-ratings';

import type { AddReview, NewReview } from '../domain/ports.ts';
import { type Judged, MAX_REVIEWS_A_DAY, type Review } from '../domain/review.ts';
import { countStars } from './count-stars.ts';
import { assertFewToday } from './daily-limit.ts';
import { knownDoubts } from './known-doubts.ts';
import { firstReview, reviewColumns, type ReviewRow } from './review-row.ts';

/**
 * Adds reviews. The place of the author's review of the subject is taken first: from then on none can be deleted that the
 * next statement would not see.
 *
 * @param rateLimits whether a person may write only so many a day
 */
export function addReviewIn(database: SqlDatabase, { rateLimits }: { readonly rateLimits: boolean }): AddReview {
  return (review, judgeAfter) =>
    database.$sqlTransaction(async (tx) => {
      if (rateLimits) await assertFew(tx, review);
      if (!(await takePlace(tx, review))) return null;
      return decided(tx, review, judgeAfter(await knownDoubts(tx, review)));
    });
}

function assertFew(tx: SqlTransaction, { authorId, createdAt }: NewReview): Promise<void> {
  const written = Prisma.sql`
    SELECT (SELECT count(*) FROM reviews WHERE author_id = ${authorId} AND created_at > day.start)::int
      + (SELECT count(*) FROM deleted_reviews WHERE author_id = ${authorId} AND deleted_at > day.start)::int AS count
    FROM (SELECT ${createdAt}::timestamptz - interval '1 day' AS start) AS day`;
  return assertFewToday(tx, { personId: authorId, written, max: MAX_REVIEWS_A_DAY, what: 'reviews' });
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
