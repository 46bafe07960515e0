import type { SqlTransaction } from '@marquee/database';

import type { HelpfulVotes } from '../domain/ports.ts';

/** Who found which review helpful: a row each, so that nobody counts twice. */
export class HelpfulVoteRepository implements HelpfulVotes {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async add(reviewId: string, voterId: string): Promise<void> {
    await this.#sql.$executeRaw`
      WITH voted AS (
        INSERT INTO helpful_votes (review_id, voter_id)
        SELECT id, ${voterId} FROM reviews WHERE id = ${reviewId} FOR KEY SHARE
        ON CONFLICT (review_id, voter_id) DO NOTHING RETURNING review_id
      )
      UPDATE reviews SET helpful_count = helpful_count + 1 FROM voted WHERE id = review_id`;
  }

  async remove(reviewId: string, voterId: string): Promise<void> {
    await this.#sql.$executeRaw`
      WITH withdrawn AS (
        DELETE FROM helpful_votes WHERE review_id = ${reviewId} AND voter_id = ${voterId} RETURNING review_id
      )
      UPDATE reviews SET helpful_count = helpful_count - 1 FROM withdrawn WHERE id = review_id`;
  }
}
