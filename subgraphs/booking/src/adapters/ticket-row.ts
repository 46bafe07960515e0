import { Prisma } from '@marquee/prisma-booking';

/** The columns of a `Ticket`; need {@link OF_TICKET}. */
export const TICKET_COLUMNS = Prisma.sql`ticket.id, ticket.city_code AS "cityCode", ticket.booking_id AS "bookingId",
  ticket.show_id AS "showId", holder_id AS "holderId", booking.customer_id AS "customerId",
  venue_owner_id AS "venueOwnerId", seat, ticket.status, code_version AS "codeVersion", code_since AS "codeSince",
  issued_at AS "issuedAt", checked_in_at AS "checkedInAt", checked_in_by AS "checkedInBy"`;

/** Joins to rows of tickets, named `ticket`, their bookings and shows. `OFFSET 0` keeps each a look-up of one row. */
export const OF_TICKET = Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT * FROM bookings WHERE city_code = ticket.city_code AND id = ticket.booking_id OFFSET 0) AS booking
  CROSS JOIN LATERAL (
    SELECT * FROM shows WHERE city_code = ticket.city_code AND id = ticket.show_id OFFSET 0) AS show`;
