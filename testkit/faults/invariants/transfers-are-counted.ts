import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const transfersAreCounted = ruleOf(
  'a pending transfer can be accepted, and each accepted one made the code new',
  'booking',
  sql`
    SELECT 'transfer ' || transfer.id || ' is pending, and ticket ' || ticket.id || ' is ' || ticket.status AS what
    FROM ticket_transfers AS transfer JOIN tickets AS ticket
      ON ticket.city_code = transfer.city_code AND ticket.id = transfer.ticket_id
    WHERE transfer.status = 'PENDING' AND transfer.expires_at > now()
      AND (ticket.status = 'CANCELLED' OR coalesce(ticket.holder_id, sender_id) <> sender_id)
    UNION ALL
    SELECT 'ticket ' || id || ' has code version ' || code_version || ' after ' || coalesce(accepted, 0) || ' transfers'
    FROM tickets AS ticket LEFT JOIN (
      SELECT city_code, ticket_id, count(*) AS accepted FROM ticket_transfers WHERE status = 'ACCEPTED' GROUP BY 1, 2) AS passed
      ON passed.city_code = ticket.city_code AND passed.ticket_id = ticket.id
    WHERE code_version <> 1 + coalesce(accepted, 0)`,
);
