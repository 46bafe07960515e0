import type { SqlTransaction } from '@marquee/database';

import type { SeedReview } from '../seed/seed-reviews.ts';
import { countStars } from './count-stars.ts';

/** Stores the seed's reviews. Those that exist do not change. */
export class SeedRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async isSeeded(): Promise<boolean> {
    const found = await this.#sql.$queryRaw<object[]>`SELECT FROM reviews WHERE id LIKE 'rev_seed_%' LIMIT 1`;
    return found.length > 0;
  }

  async add(reviews: readonly SeedReview[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(reviews)}::jsonb) AS given (id text, "authorId" text,
          "subjectType" "SubjectType", "subjectId" text, stars int, text text, status "ReviewStatus", doubts text[],
          "createdAt" timestamptz, "wasThere" boolean, reply text, voters text[], reporters text[])
      ), after AS (
        INSERT INTO reviews (id, author_id, subject_type, subject_id, stars, text, status, doubts, queued_at, created_at,
          helpful_count, open_reports, reply_text, replied_by, replied_at, note, moderated_by, moderated_at)
        SELECT id, "authorId", "subjectType", "subjectId", stars, text, status, doubts,
          CASE WHEN doubts <> '{}' THEN "createdAt" END, "createdAt", cardinality(voters), cardinality(reporters),
          reply, CASE WHEN reply IS NOT NULL THEN 'usr_seed_partner' END,
          CASE WHEN reply IS NOT NULL THEN "createdAt" + interval '20 hours' END,
          CASE WHEN status = 'REJECTED' THEN 'Please leave out what is meant for other people.' END,
          CASE WHEN status = 'REJECTED' THEN 'usr_seed_agent' END, CASE WHEN status = 'REJECTED' THEN now() END
        FROM given ORDER BY id ON CONFLICT DO NOTHING RETURNING *
      ), ${countStars({ after: 'after' })}, votes AS (
        INSERT INTO helpful_votes (review_id, voter_id)
        SELECT id, unnest(voters) FROM given JOIN after USING (id)
      ), reports AS (
        INSERT INTO review_reports (id, review_id, reporter_id, reason, created_at)
        SELECT 'rep_seed_' || reporter, id, reporter, 'SPOILER', now() FROM given JOIN after USING (id), unnest(reporters) AS reporter
      )
      INSERT INTO attendances (user_id, subject_type, subject_id, attended_at)
      SELECT "authorId", "subjectType", "subjectId", "createdAt" - interval '3 hours'
      FROM given WHERE "wasThere" ON CONFLICT DO NOTHING`;
  }
}
