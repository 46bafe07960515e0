import { Prisma } from '@marquee/prisma-ratings';

import type { Review } from '../domain/review.ts';
import type { SubjectType } from '../domain/subject.ts';

/**
 * The columns of a {@link ReviewRow}. Whether the author was there is read, not stored: the check-in may come after the
 * review, and in the same moment.
 */
export const reviewColumns = (table: string): Prisma.Sql =>
  Prisma.raw(`${table}.id, author_id AS "authorId", ${table}.subject_type::text AS "subjectType",
    ${table}.subject_id AS "subjectId", stars::int, text, status::text, doubts, queued_at AS "queuedAt",
    helpful_count AS "helpfulCount", version, note, reply_text AS "replyText", replied_at AS "repliedAt",
    created_at AS "createdAt", edited_at AS "editedAt", EXISTS (
      SELECT FROM attendances a WHERE a.user_id = ${table}.author_id AND a.subject_type = ${table}.subject_type
        AND a.subject_id = ${table}.subject_id) AS "verifiedAttendee"`);

export interface ReviewRow extends Omit<Review, 'subject' | 'reply'> {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly replyText: string | null;
  readonly repliedAt: Date | null;
}

export function toReview({ subjectType, subjectId, replyText, repliedAt, ...review }: ReviewRow): Review {
  const reply = replyText !== null && repliedAt !== null ? { text: replyText, at: repliedAt } : null;
  return { ...review, subject: { type: subjectType, id: subjectId }, reply };
}

/** The first of a statement's rows; null for none. */
export function firstReview([row]: readonly ReviewRow[]): Review | null {
  return row ? toReview(row) : null;
}
