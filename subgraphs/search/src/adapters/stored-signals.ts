import type { SqlTransaction } from '@marquee/database';

import { type Interest, popularityOf } from '../domain/popularity.ts';
import type { Rating } from '../domain/ports.ts';

/** Writes popularity and ratings: they are kept once, and copied into the documents of every slot. */
export class StoredSignals {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async addInterests(interests: readonly Interest[]): Promise<void> {
    const given = [...popularityOf(interests)].map(([id, popularity]) => ({ id, popularity }));
    if (given.length === 0) return;
    await this.#sql.$executeRaw`
      WITH told AS (
        INSERT INTO signals AS known (subject_id, popularity)
        SELECT id, popularity FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given (id text, popularity float8)
        ORDER BY id
        ON CONFLICT (subject_id) DO UPDATE SET popularity = coalesce(greatest(known.popularity, excluded.popularity)
          + ln(1 + power(2, -least(abs(known.popularity - excluded.popularity), 60))) / ln(2), excluded.popularity)
        RETURNING subject_id, popularity
      )
      UPDATE documents SET popularity = told.popularity FROM told WHERE slot IN (0, 1) AND id = subject_id`;
  }

  /** A rating with a version that is not newer than the stored one changes nothing. */
  async rate(ratings: readonly Rating[]): Promise<void> {
    if (ratings.length === 0) return;
    await this.#sql.$executeRaw`
      WITH told AS (
        INSERT INTO signals AS known (subject_id, rating, rating_version)
        SELECT DISTINCT ON ("subjectId") "subjectId", score, version
        FROM jsonb_to_recordset(${JSON.stringify(ratings)}::jsonb) AS given ("subjectId" text, version int, score float8)
        ORDER BY "subjectId", version DESC
        ON CONFLICT (subject_id) DO UPDATE SET rating = excluded.rating, rating_version = excluded.rating_version
        WHERE known.rating_version < excluded.rating_version
        RETURNING subject_id, rating
      )
      UPDATE documents SET rating = told.rating FROM told WHERE slot IN (0, 1) AND id = subject_id`;
  }
}
