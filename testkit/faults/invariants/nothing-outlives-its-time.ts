import { sql } from '@marquee/database';

import { GRACE_SECONDS, ruleOf } from './rule.ts';

export const nothingOutlivesItsTime = ruleOf(
  'no hold, booking, change of show or transfer is open beyond its time',
  'booking',
  sql`
    SELECT what || ' should have ended at ' || expires_at AS what FROM (
      SELECT 'hold ' || id AS what, expires_at FROM seat_holds WHERE status = 'ACTIVE'
      UNION ALL SELECT 'booking ' || id, expires_at FROM bookings WHERE status = 'PENDING_PAYMENT'
      UNION ALL SELECT 'transfer ' || id, expires_at FROM ticket_transfers WHERE status = 'PENDING'
      UNION ALL SELECT 'the move of booking ' || id, (pending_reschedule->>'expiresAt')::timestamptz
        FROM bookings WHERE pending_reschedule IS NOT NULL
    ) AS open WHERE expires_at < now() - make_interval(secs => ${GRACE_SECONDS}::int)`,
);
