import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const offersAreHolds = ruleOf(
  'an offer of the waitlist is a hold for the whole party, and a purchase its booking',
  'booking',
  sql`
    SELECT 'waitlist entry ' || entry.id || ' of ' || party_size || ' is ' || entry.status || ', and its hold is '
      || coalesce(hold.status::text || ' for ' || cardinality(hold.seat_ids), 'missing') AS what
    FROM waitlist_entries AS entry
    LEFT JOIN seat_holds AS hold ON hold.city_code = entry.city_code AND hold.id = entry.hold_id
      AND hold.show_id = entry.show_id AND hold.customer_id = entry.customer_id
    LEFT JOIN bookings AS bought ON bought.city_code = entry.city_code AND bought.hold_id = entry.hold_id
      AND bought.payment_id IS NOT NULL
    WHERE entry.status IN ('OFFERED', 'PURCHASED') AND (hold.id IS NULL OR cardinality(hold.seat_ids) <> party_size)
      OR entry.status = 'PURCHASED' AND bought.id IS NULL`,
);
