import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

/** Clients that were offline catch up by these numbers. Internal notes have none of their own. */
export const supportMessagesAreNumbered = ruleOf(
  'a support ticket’s messages have the numbers 1 to its last',
  'support',
  sql`
    SELECT ticket.id || ' has ' || coalesce(stored, 0) || ' messages, and a last number of ' || last_sequence AS what
    FROM support_tickets AS ticket LEFT JOIN (
      SELECT ticket_id, count(*) AS stored, max(sequence) AS latest FROM support_messages WHERE note = 0
      GROUP BY ticket_id) AS numbered ON ticket_id = ticket.id
    WHERE coalesce(stored, 0) <> last_sequence OR coalesce(latest, 0) <> last_sequence`,
);
