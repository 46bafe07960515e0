import type { SqlTransaction } from '@marquee/database';

/** Removes a person. A repeat finds nothing and changes nothing. */
export class ErasedPersonRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async erase(userId: string): Promise<void> {
    await this.#eraseReviews(userId);
    await this.#withdrawVotes(userId);
    await this.#tx.$executeRaw`UPDATE review_reports SET reporter_id = NULL WHERE reporter_id = ${userId}`;
    await this.#tx.$executeRaw`UPDATE reviews SET replied_by = NULL WHERE replied_by = ${userId}`;
    await this.#tx.$executeRaw`UPDATE reviews SET moderated_by = NULL WHERE moderated_by = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM deleted_reviews WHERE author_id = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM review_edits WHERE author_id = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM attendances WHERE user_id = ${userId}`;
  }

  /** The stars of published reviews stay in the ratings. The venue's reply goes, since it may quote or name the author. */
  async #eraseReviews(userId: string): Promise<void> {
    await this.#tx.$executeRaw`DELETE FROM reviews WHERE author_id = ${userId} AND status <> 'PUBLISHED'`;
    await this.#tx.$executeRaw`
      WITH kept AS (SELECT id FROM reviews WHERE author_id = ${userId} ORDER BY id FOR UPDATE), closed AS (
        UPDATE review_reports SET closed_at = now() FROM kept WHERE review_id = kept.id AND closed_at IS NULL
      )
      UPDATE reviews SET author_id = NULL, text = NULL, note = NULL, reply_text = NULL, replied_by = NULL,
        replied_at = NULL, doubts = '{}', queued_at = NULL, open_reports = 0, version = version + 1
      FROM kept WHERE reviews.id = kept.id`;
  }

  async #withdrawVotes(userId: string): Promise<void> {
    await this.#tx.$executeRaw`
      WITH voted AS (
        SELECT id FROM reviews WHERE id IN (SELECT review_id FROM helpful_votes WHERE voter_id = ${userId})
        ORDER BY id FOR NO KEY UPDATE
      ), withdrawn AS (
        DELETE FROM helpful_votes USING voted WHERE review_id = voted.id AND voter_id = ${userId} RETURNING review_id
      )
      UPDATE reviews SET helpful_count = helpful_count - 1 FROM withdrawn WHERE id = review_id`;
  }
}
