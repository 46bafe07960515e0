import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const seatsAreSoldOnce = ruleOf(
  'no seat has two live tickets',
  'booking',
  sql`
    SELECT seat_id || ' of ' || show_id || ' has the tickets ' || string_agg(id, ', ' ORDER BY id) AS what
    FROM tickets WHERE status <> 'CANCELLED' GROUP BY city_code, show_id, seat_id HAVING count(*) > 1`,
);
