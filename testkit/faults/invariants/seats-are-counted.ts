import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

/** Standing sections too: their places are claims like any seat. */
export const seatsAreCounted = ruleOf(
  'counters equal a recount, and are never above capacity',
  'booking',
  sql`
    WITH recounted AS (
      SELECT city_code, show_id, section, count(*) FILTER (WHERE state IN ('HELD', 'PENDING'))::int AS held,
        count(*) FILTER (WHERE state = 'SOLD')::int AS sold, count(*) FILTER (WHERE state = 'BLOCKED')::int AS blocked
      FROM seat_claims GROUP BY city_code, show_id, section
    ), sections AS (
      SELECT show_id, section, total_count AS total, ARRAY[held_count, sold_count, blocked_count] AS counted,
        ARRAY[coalesce(held, 0), coalesce(sold, 0), coalesce(blocked, 0)] AS actual
      FROM seat_counts FULL JOIN recounted USING (city_code, show_id, section)
    ), shows AS (
      SELECT shows.id, 'all sections', shows.seat_count,
        ARRAY[shows.held_count, shows.sold_count, shows.blocked_count],
        ARRAY[coalesce(sum(held), 0)::int, coalesce(sum(sold), 0)::int, coalesce(sum(blocked), 0)::int]
      FROM shows LEFT JOIN recounted ON recounted.city_code = shows.city_code AND show_id = shows.id
      GROUP BY shows.city_code, shows.id
    )
    SELECT show_id || ', ' || section || ': counted ' || coalesce(counted::text, 'nothing') || ' of ' || coalesce(total, 0)
      || ' as held, sold and blocked, found ' || actual::text AS what
    FROM (TABLE sections UNION ALL TABLE shows) AS places
    WHERE counted IS DISTINCT FROM actual OR actual[1] + actual[2] + actual[3] > total`,
);
