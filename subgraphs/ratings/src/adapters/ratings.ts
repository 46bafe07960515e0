import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import { FIRST_PRIOR_TENTHS, type Rating, type Stars } from '../domain/rating.ts';
import type { SubjectType } from '../domain/subject.ts';
import { AVERAGES, emitRatingChanged, scoreWith } from './count-stars.ts';

interface RatingRow {
  readonly subjectId: string;
  /** The numbers of reviews with one to five stars. */
  readonly counts: readonly [number, number, number, number, number];
  readonly score: number;
}

/** Ratings that are told again in one statement, so that no review waits long for its rating. */
const TOLD_AT_ONCE = 500;

/** The ratings of titles and venues. */
export class RatingRepository {
  readonly #client: SqlDatabase & SqlTransaction;

  constructor(client: SqlDatabase & SqlTransaction) {
    this.#client = client;
  }

  /** The ratings of these subjects, in any order, also of those without a review; all have the latest prior. */
  async findMany(subjectType: SubjectType, ids: readonly string[]): Promise<Rating[]> {
    const rows = await this.#client.$queryRaw<RatingRow[]>`
      SELECT listed.id AS "subjectId", array_replace(ARRAY[stars_1, stars_2, stars_3, stars_4, stars_5], NULL, 0) AS counts,
        coalesce(${scoreWith('prior')}, prior / 10.0)::float AS score
      FROM unnest(${ids.filter(isPossibleId)}::text[]) AS listed (id)
      CROSS JOIN coalesce((SELECT tenths FROM rating_priors WHERE subject_type = ${subjectType}::"SubjectType"),
        ${FIRST_PRIOR_TENTHS}::int) AS prior
      LEFT JOIN rating_summaries ON subject_type = ${subjectType}::"SubjectType" AND subject_id = listed.id`;
    return rows.map(({ subjectId, counts, score }) => ({ subjectType, subjectId, counts: byStars(counts), score }));
  }

  /**
   * Brings the prior of the scores up to date, once the average is a tenth of a star away from it: an average that moves
   * to and fro between two tenths changes nothing. Then all ratings are emitted again, and so is one that was told with an
   * earlier prior meanwhile.
   */
  async refreshPriors(): Promise<void> {
    await this.#client.$executeRaw`
      INSERT INTO rating_priors AS known (subject_type, tenths)
      SELECT subject_type, round(average)::int FROM (${AVERAGES}) AS averages LEFT JOIN rating_priors p USING (subject_type)
      WHERE abs(average - coalesce(p.tenths, 0)) >= 1
      ON CONFLICT (subject_type) DO UPDATE SET tenths = excluded.tenths`;
    while ((await this.#tellAgain()) === TOLD_AT_ONCE);
  }

  /** Emits ratings that were told with an earlier prior. @returns how many, at most {@link TOLD_AT_ONCE} */
  async #tellAgain(): Promise<number> {
    return await this.#client.$executeRaw`
      WITH stale AS (
        SELECT r.subject_type, r.subject_id, p.tenths FROM rating_summaries r JOIN rating_priors p USING (subject_type)
        WHERE r.prior_tenths <> p.tenths ORDER BY subject_type, subject_id LIMIT ${TOLD_AT_ONCE} FOR UPDATE OF r
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
