import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const claimsHaveAReason = ruleOf(
  'a seat is kept for a live hold, or for a booking that awaits payment',
  'booking',
  sql`
    SELECT claim.seat_id || ' of ' || claim.show_id || ' is ' || claim.state || ' for '
      || coalesce(claim.booking_id, claim.hold_id, 'nobody') AS what
    FROM seat_claims AS claim
    LEFT JOIN seat_holds AS hold ON hold.city_code = claim.city_code AND hold.id = claim.hold_id
      AND claim.state = 'HELD' AND hold.status = 'ACTIVE' AND claim.seat_id = ANY (hold.seat_ids)
    LEFT JOIN bookings AS booking ON booking.city_code = claim.city_code AND booking.id = claim.booking_id
      AND claim.state = 'PENDING' AND (booking.status = 'PENDING_PAYMENT' OR booking.pending_reschedule IS NOT NULL)
    WHERE claim.state IN ('HELD', 'PENDING') AND hold.id IS NULL AND booking.id IS NULL`,
);
