import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-ratings';

import { REPORTS_TO_QUEUE } from '../domain/moderation.ts';
import type { EditReview, ReviewEdit } from '../domain/ports.ts';
import { MAX_EDITS_A_DAY } from '../domain/review.ts';
import { countStars } from './count-stars.ts';
import { assertFewToday } from './daily-limit.ts';
import { firstReview, reviewColumns, type ReviewRow } from './review-row.ts';

/**
 * Changes reviews. One that was reported stays in the queue; others leave it, or enter it for their new doubts.
 *
 * @param rateLimits whether a person may change only so many a day
 */
export function editReviewIn(database: SqlDatabase, { rateLimits }: { readonly rateLimits: boolean }): EditReview {
  return (read, change) =>
    database.$sqlTransaction(async (tx) => {
      if (rateLimits) await assertFew(tx, read.authorId, change.at);
      return firstReview(await edited(tx, read, change));
    });
}

/** Also forgets the author's edits that count no more. */
async function assertFew(tx: SqlTransaction, authorId: string, at: Date): Promise<void> {
  const written = Prisma.sql`
    WITH day AS (SELECT ${at}::timestamptz - interval '1 day' AS start), old AS (
      DELETE FROM review_edits USING day WHERE author_id = ${authorId} AND edited_at <= day.start
    )
    SELECT count(*)::int AS count FROM review_edits, day WHERE author_id = ${authorId} AND edited_at > day.start`;
  await assertFewToday(tx, { personId: authorId, written, max: MAX_EDITS_A_DAY, what: 'changes to reviews' });
}

function edited(
  tx: SqlTransaction,
  { id, version, authorId }: Parameters<EditReview>[0],
  { stars, text, status, doubts, at }: ReviewEdit,
): PromiseLike<ReviewRow[]> {
  const isReported = Prisma.sql`before.open_reports >= ${REPORTS_TO_QUEUE}::int OR 'REPORTED' = ANY (before.doubts)`;
  return tx.$queryRaw<ReviewRow[]>`
    WITH before AS (
      SELECT * FROM reviews WHERE id = ${id} AND version = ${version}::int AND author_id = ${authorId} FOR UPDATE
    ), after AS (
      UPDATE reviews SET stars = ${stars}::int, text = ${text}, status = ${status}::"ReviewStatus",
        doubts = ${[...doubts]}::text[] || CASE WHEN ${isReported} THEN '{REPORTED}'::text[] ELSE '{}' END,
        queued_at = CASE WHEN ${isReported} THEN coalesce(before.queued_at, ${at}::timestamptz)
          WHEN ${status} = 'PENDING' THEN ${at}::timestamptz END,
        version = before.version + 1, edited_at = ${at}::timestamptz
      FROM before WHERE reviews.id = before.id RETURNING reviews.*
    ), remembered AS (
      INSERT INTO review_edits (review_id, version, author_id, edited_at)
      SELECT id, version, author_id, edited_at FROM after
    ), ${countStars({ before: 'before', after: 'after' })}
    SELECT ${reviewColumns('after')} FROM after`;
}
