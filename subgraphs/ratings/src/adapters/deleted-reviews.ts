import type { SqlTransaction } from '@marquee/database';

import type { DeletedReviews } from '../domain/ports.ts';
import type { Subject } from '../domain/subject.ts';

/** Traces of reviews that their authors deleted: no word of them. */
export class DeletedReviewRepository implements DeletedReviews {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async has(id: string, authorId: string): Promise<boolean> {
    const found = await this.#sql.$queryRaw<object[]>`
      SELECT FROM deleted_reviews WHERE id = ${id} AND author_id = ${authorId}`;
    return found.length > 0;
  }

  /** Whether the author deleted a review of the subject that was not published, or was reported. */
  async hasUnpublished(authorId: string, { type, id }: Subject): Promise<boolean> {
    const found = await this.#sql.$queryRaw<object[]>`
      SELECT FROM deleted_reviews WHERE author_id = ${authorId} AND subject_type = ${type}::"SubjectType"
        AND subject_id = ${id} AND NOT was_published LIMIT 1`;
    return found.length > 0;
  }
}
