import type { SqlTransaction } from '@marquee/database';

/** The data that is held about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [bookings, tickets, offers, waitlists, waitingRooms, limits] = await Promise.all([
      this.#sql.$queryRaw`
        SELECT booking.id, status::text, title_name AS title, venue_name AS venue, starts_at AS "startsAt", seats,
          total::float8 AS total, booking.currency, booking.created_at AS "createdAt",
          complimentary_reason AS "givenAwayBecause"
        FROM bookings AS booking JOIN shows ON shows.city_code = booking.city_code AND shows.id = booking.show_id
        WHERE customer_id = ${userId} ORDER BY booking.created_at`,
      this.#sql.$queryRaw`
        SELECT id, booking_id AS "bookingId", seat, status::text, issued_at AS "issuedAt", checked_in_at AS "checkedInAt"
        FROM tickets WHERE holder_id = ${userId} ORDER BY issued_at`,
      this.#sql.$queryRaw`
        SELECT ticket_id AS "ticketId", status::text, created_at AS "createdAt" FROM ticket_transfers
        WHERE sender_id = ${userId} ORDER BY created_at`,
      this.#sql.$queryRaw`
        SELECT show_id AS "showId", party_size AS "partySize", status::text, created_at AS "createdAt"
        FROM waitlist_entries WHERE customer_id = ${userId} ORDER BY created_at`,
      this.#sql.$queryRaw`
        SELECT show_id AS "showId", entered_at AS "enteredAt" FROM waiting_room_places
        WHERE customer_id = ${userId} ORDER BY entered_at`,
      this.#sql.$queryRaw`SELECT percent, until FROM buyer_limits WHERE customer_id = ${userId}`,
    ]);
    return { bookings, tickets, offers, waitlists, waitingRooms, limits };
  }

  /** The waits go; bookings and tickets stay for the books and the door, with an id that leads nowhere. */
  async delete(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM waitlist_entries WHERE customer_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM waiting_room_places WHERE customer_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM hold_budgets WHERE customer_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM buyer_limits WHERE customer_id = ${userId}`;
  }
}
