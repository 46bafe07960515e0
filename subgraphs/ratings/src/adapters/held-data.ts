import type { SqlTransaction } from '@marquee/database';

/** Everything that is held about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Of work, which reviews the person answered or decided on, and when, without their texts. */
  async of(userId: string): Promise<Record<string, unknown>> {
    const [reviews, deletedReviews, edits, helpfulVotes, reports, attendances, replies, decisions] = await Promise.all([
      this.#sql.$queryRaw`
        SELECT subject_type::text AS "subjectType", subject_id AS "subjectId", stars::int, text, status::text,
          note AS "moderatorsNote", created_at AS "createdAt", edited_at AS "editedAt"
        FROM reviews WHERE author_id = ${userId} ORDER BY created_at`,
      this.#sql.$queryRaw`
        SELECT subject_type::text AS "subjectType", subject_id AS "subjectId", deleted_at AS "deletedAt"
        FROM deleted_reviews WHERE author_id = ${userId} ORDER BY deleted_at`,
      this.#sql.$queryRaw`
        SELECT review_id AS "reviewId", edited_at AS "editedAt" FROM review_edits
        WHERE author_id = ${userId} ORDER BY edited_at`,
      this.#sql
        .$queryRaw`SELECT review_id AS "reviewId" FROM helpful_votes WHERE voter_id = ${userId} ORDER BY review_id`,
      this.#sql.$queryRaw`
        SELECT review_id AS "reviewId", reason::text, created_at AS "createdAt" FROM review_reports
        WHERE reporter_id = ${userId} ORDER BY created_at`,
      this.#sql.$queryRaw`
        SELECT subject_type::text AS "subjectType", subject_id AS "subjectId", attended_at AS "attendedAt"
        FROM attendances WHERE user_id = ${userId} ORDER BY attended_at`,
      this.#sql.$queryRaw`
        SELECT id AS "reviewId", replied_at AS at FROM reviews WHERE replied_by = ${userId} ORDER BY replied_at`,
      this.#sql.$queryRaw`
        SELECT id AS "reviewId", moderated_at AS at FROM reviews WHERE moderated_by = ${userId} ORDER BY moderated_at`,
    ]);
    return { reviews, deletedReviews, edits, helpfulVotes, reports, attendances, replies, decisions };
  }
}
