import { Prisma } from '@marquee/prisma-booking';

/** The columns of a `Ticket`; need {@link OF_TICKET}. */
export const TICKET_COLUMNS = Prisma.sql`ticket.id, ticket.city_code AS "cityCode", ticket.booking_id AS "bookingId",
  ticket.show_id AS "showId", holder_id AS "holderId", booking.customer_id AS "customerId",
  seat, ticket.status, code_version AS "codeVersion", code_since AS "codeSince",
  issued_at AS "issuedAt", checked_in_at AS "checkedInAt", checked_in_by AS "checkedInBy"`;

/** `OFFSET 0` keeps each a look-up of one row. */
const joinedTo = (cityCode: Prisma.Sql): Prisma.Sql => Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT * FROM bookings WHERE city_code = ${cityCode} AND id = ticket.booking_id OFFSET 0) AS booking
  CROSS JOIN LATERAL (
    SELECT * FROM shows WHERE city_code = ${cityCode} AND id = ticket.show_id OFFSET 0) AS show`;

/** Joins to rows of tickets, named `ticket`, their bookings and shows, in a statement that only reads. */
export const OF_TICKET = joinedTo(Prisma.sql`ticket.city_code`);

/** Like {@link OF_TICKET}, in a statement that locks or changes rows of one city. */
export const ofTicketIn = (cityCode: string | null): Prisma.Sql => joinedTo(Prisma.sql`${cityCode}`);
