import type { SqlTransaction } from '@marquee/database';

import type { NewReview } from '../domain/ports.ts';
import { MAX_UNVERIFIED_AN_HOUR, type ReviewDoubt } from '../domain/review.ts';

/**
 * The doubts about a new review that its author and its subject give: the author deleted one that was not published or was
 * reported, or many people who were not there review the subject. These take turns at the subject until the transaction
 * ends, so that each counts the ones before it.
 */
export async function knownDoubts(
  tx: SqlTransaction,
  { authorId, subject: { type, id }, createdAt }: Pick<NewReview, 'authorId' | 'subject' | 'createdAt'>,
): Promise<ReviewDoubt[]> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`${type} ${id}`}, 0)) WHERE NOT EXISTS (
      SELECT FROM attendances
      WHERE user_id = ${authorId} AND subject_type = ${type}::"SubjectType" AND subject_id = ${id})`;
  const [known] = await tx.$queryRaw<{ followsRejection: boolean; surges: boolean }[]>`
    WITH subject AS (SELECT ${type}::"SubjectType" AS type, ${id}::text AS id)
    SELECT EXISTS (
      SELECT FROM deleted_reviews WHERE author_id = ${authorId} AND subject_type = subject.type
        AND subject_id = subject.id AND NOT was_published) AS "followsRejection",
      NOT EXISTS (
        SELECT FROM attendances WHERE user_id = ${authorId} AND subject_type = subject.type AND subject_id = subject.id)
      AND ${MAX_UNVERIFIED_AN_HOUR} <= (SELECT count(*) FROM (
        SELECT FROM reviews r WHERE r.subject_type = subject.type AND r.subject_id = subject.id
          AND r.status = 'PUBLISHED' AND r.created_at > ${createdAt}::timestamptz - interval '1 hour' AND NOT EXISTS (
            SELECT FROM attendances a WHERE a.user_id = r.author_id AND a.subject_type = r.subject_type
              AND a.subject_id = r.subject_id)
        LIMIT ${MAX_UNVERIFIED_AN_HOUR}) AS unverified) AS surges
    FROM subject`;
  return [
    ...(known?.followsRejection ? ['FOLLOWS_REJECTION' as const] : []),
    ...(known?.surges ? ['SURGE' as const] : []),
  ];
}
