/** The counters that are kept as reviews change, beside a recount. */
import { Prisma } from '@marquee/prisma-ratings';

const STARS = [1, 2, 3, 4, 5];
const RECOUNT = Prisma.raw(STARS.map((stars) => `count(*) FILTER (WHERE stars = ${stars})`).join(', '));
const KEPT = Prisma.raw(STARS.map((stars) => `stars_${stars}`).join(', '));

/** A line, `what`, for each rating that is not the count of its published reviews by stars. */
export const DIFFERING_RATINGS = Prisma.sql`
  SELECT format('%s %s: kept %s, recounted %s', subject_type, subject_id, kept, recounted) AS what
  FROM (SELECT subject_type, subject_id, ARRAY[${KEPT}]::bigint[] AS kept FROM rating_summaries) AS summary
  FULL JOIN (
    SELECT subject_type, subject_id, ARRAY[${RECOUNT}] AS recounted FROM reviews
    WHERE status = 'PUBLISHED' GROUP BY subject_type, subject_id) AS recount USING (subject_type, subject_id)
  WHERE coalesce(kept, '{0,0,0,0,0}') <> coalesce(recounted, '{0,0,0,0,0}') ORDER BY subject_type, subject_id`;

/** A line, `what`, for each review whose votes or open reports are more or fewer than it says. */
export const DIFFERING_COUNTS = Prisma.sql`
  SELECT format('%s: kept %s votes and %s reports, recounted %s and %s', id, helpful_count, open_reports, votes, reports)
    AS what
  FROM reviews CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM helpful_votes WHERE review_id = reviews.id) AS votes,
      (SELECT count(*) FROM review_reports WHERE review_id = reviews.id AND closed_at IS NULL) AS reports) AS recount
  WHERE helpful_count <> votes OR open_reports <> reports ORDER BY id`;
