import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Rating, Stars } from '../domain/rating.ts';
import type { SubjectType } from '../domain/subject.ts';
import { AVERAGES, emitRatingChanged } from './count-stars.ts';

interface RatingRow {
  readonly subjectId: string;
  /** The numbers of reviews with one to five stars. */
  readonly counts: readonly [number, number, number, number, number];
}

/** The ratings of titles and venues. */
export class RatingRepository {
  readonly #client: SqlDatabase & SqlTransaction;

  constructor(client: SqlDatabase & SqlTransaction) {
    this.#client = client;
  }

  /** The ratings of these subjects, in any order; those without a review are left out. */
  async findMany(subjectType: SubjectType, ids: readonly string[]): Promise<Rating[]> {
    const rows = await this.#client.$queryRaw<RatingRow[]>`
      SELECT subject_id AS "subjectId", ARRAY[stars_1, stars_2, stars_3, stars_4, stars_5] AS counts
      FROM rating_summaries
      WHERE subject_type = ${subjectType}::"SubjectType" AND subject_id = ANY (${ids.filter(isPossibleId)})`;
    return rows.map(({ subjectId, counts }) => ({ subjectType, subjectId, counts: byStars(counts) }));
  }

  /**
   * Brings the prior of the scores up to date. It moves in tenths of a star, so it seldom does; then all ratings are
   * emitted again, and so is one that was told with an earlier prior meanwhile.
   */
  async refreshPriors(): Promise<void> {
    await this.#client.$executeRaw`
      INSERT INTO rating_priors AS known (subject_type, tenths) ${AVERAGES}
      ON CONFLICT (subject_type) DO UPDATE SET tenths = excluded.tenths WHERE known.tenths <> excluded.tenths`;
    await this.#client.$executeRaw`
      WITH stale AS (
        SELECT r.subject_type, r.subject_id, p.tenths FROM rating_summaries r JOIN rating_priors p USING (subject_type)
        WHERE r.prior_tenths <> p.tenths ORDER BY subject_type, subject_id FOR UPDATE OF r
      ), told AS (
        UPDATE rating_summaries r SET prior_tenths = tenths, version = version + 1 FROM stale
        WHERE r.subject_type = stale.subject_type AND r.subject_id = stale.subject_id RETURNING r.*
      )
      ${emitRatingChanged('told')}`;
  }
}

function byStars(counts: RatingRow['counts']): Record<Stars, number> {
  const [one, two, three, four, five] = counts;
  return { 1: one, 2: two, 3: three, 4: four, 5: five };
}
