import type { SqlTransaction } from '@marquee/database';

import type { DeletedReviews } from '../domain/ports.ts';

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
}
