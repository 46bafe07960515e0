import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const ticketsHaveTheirSeats = ruleOf(
  'a live ticket has its seat, and a sold seat its ticket',
  'booking',
  sql`
    SELECT 'ticket ' || ticket.id || ' of ' || ticket.booking_id || ' has not sold its seat ' || ticket.seat_id AS what
    FROM tickets AS ticket LEFT JOIN seat_claims AS claim
      ON claim.city_code = ticket.city_code AND claim.show_id = ticket.show_id AND claim.seat_id = ticket.seat_id
        AND claim.booking_id = ticket.booking_id AND claim.state = 'SOLD'
    WHERE ticket.status <> 'CANCELLED' AND claim.seat_id IS NULL
    UNION ALL
    SELECT claim.seat_id || ' of ' || claim.show_id || ' is sold to ' || coalesce(claim.booking_id, 'nobody')
      || ' without a ticket'
    FROM seat_claims AS claim LEFT JOIN tickets AS ticket
      ON ticket.city_code = claim.city_code AND ticket.show_id = claim.show_id AND ticket.seat_id = claim.seat_id
        AND ticket.booking_id = claim.booking_id AND ticket.status <> 'CANCELLED'
    WHERE claim.state = 'SOLD' AND ticket.id IS NULL`,
);
