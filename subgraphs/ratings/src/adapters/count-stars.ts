/** Keeps the ratings equal to the reviews: every statement that changes a published review changes them too. */
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-ratings';

import { FIRST_PRIOR_TENTHS, PRIOR_WEIGHT } from '../domain/rating.ts';

/** The number of reviews of a summary, and the sum of their stars. */
const COUNT = '(stars_1 + stars_2 + stars_3 + stars_4 + stars_5)';
const SUM = '(stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5)';

const STARS = [1, 2, 3, 4, 5];
const COLUMNS = Prisma.raw(STARS.map((stars) => `stars_${stars}`).join(', '));
const CHANGES = Prisma.raw(
  STARS.map((stars) => `coalesce(sum(delta) FILTER (WHERE stars = ${stars}), 0)::int`).join(', '),
);
const ADDITION = Prisma.raw(
  STARS.map((stars) => `stars_${stars} = known.stars_${stars} + excluded.stars_${stars}`).join(', '),
);

/**
 * The part of a statement that counts reviews by stars and emits `ratings.rating-changed`: the part `counted`.
 *
 * @param changed the parts with the rows of `reviews` as they were, and as they are
 */
export function countStars({ before, after }: { before?: string; after?: string }): Prisma.Sql {
  const sides = [before && [before, '-1'], after && [after, '1']].filter((side) => typeof side === 'object');
  const changes = sides.map(
    ([rows, delta]) =>
      `SELECT subject_type, subject_id, stars, ${delta} AS delta FROM ${rows} WHERE status = 'PUBLISHED'`,
  );
  return Prisma.sql`
    counted AS (
      INSERT INTO rating_summaries AS known (subject_type, subject_id, version, ${COLUMNS}, prior_tenths)
      SELECT subject_type, subject_id, 1, ${CHANGES}, coalesce((
        SELECT tenths FROM rating_priors p WHERE p.subject_type = net.subject_type), ${FIRST_PRIOR_TENTHS}::int)
      FROM (
        SELECT subject_type, subject_id, stars, sum(delta) AS delta
        FROM (${Prisma.raw(changes.join(' UNION ALL '))}) AS changes
        GROUP BY subject_type, subject_id, stars HAVING sum(delta) <> 0) AS net
      GROUP BY subject_type, subject_id ORDER BY subject_type, subject_id
      ON CONFLICT (subject_type, subject_id) DO UPDATE SET version = known.version + 1, ${ADDITION}
      RETURNING *
    ), announced AS (${emitRatingChanged('counted')})`;
}

/** Emits `ratings.rating-changed`. @param summaries a part of the statement with rows of `rating_summaries` */
export function emitRatingChanged(summaries: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'ratings.rating-changed', subject_id, jsonb_build_object('subject', subject_type,
      'subjectId', subject_id, 'version', version, 'count', ${Prisma.raw(COUNT)},
      'average', ${Prisma.raw(`${SUM}::float / nullif(${COUNT}, 0)`)},
      'score', ${scoreWith('prior_tenths')}),
      ${currentTraceparent()}
    FROM ${Prisma.raw(summaries)}`;
}

/** The score of a summary. @param prior an expression, in tenths of a star */
export function scoreWith(prior: string): Prisma.Sql {
  return Prisma.raw(`((${PRIOR_WEIGHT} * ${prior} / 10.0 + ${SUM}) / (${PRIOR_WEIGHT} + ${COUNT}))::float`);
}

/** The average of all reviews by type of subject, in tenths of a star, with its fraction. */
export const AVERAGES = Prisma.raw(
  `SELECT subject_type, 10.0 * sum(${SUM}) / sum(${COUNT}) AS average
   FROM rating_summaries GROUP BY subject_type HAVING sum(${COUNT}) > 0`,
);
