import type { SqlTransaction } from '@marquee/database';

/** The data that is held about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [bookings, history, tickets, offers, holds, budgets, waitlists, waitingRooms, limits, benefits] =
      await Promise.all([
        this.#sql.$queryRaw`
        SELECT booking.id, status::text, title_name AS title, venue_name AS venue, starts_at AS "startsAt", seats,
          total::float8 AS total, booking.currency, booking.created_at AS "createdAt",
          complimentary_reason IS NOT NULL AS "isGift"
        FROM bookings AS booking JOIN shows ON shows.city_code = booking.city_code AND shows.id = booking.show_id
        WHERE customer_id = ${userId} ORDER BY booking.created_at`,
        this.#sql.$queryRaw`
        SELECT event.booking_id AS "bookingId", event.type::text, at, data - '{decidedBy,complimentaryReason}'::text[] AS data
        FROM bookings AS booking JOIN booking_events AS event
          ON event.city_code = booking.city_code AND event.booking_id = booking.id
        WHERE customer_id = ${userId} ORDER BY at, event.booking_id, event.version`,
        this.#sql.$queryRaw`
        SELECT ticket.id, booking_id AS "bookingId", seat, ticket.status::text, issued_at AS "issuedAt",
          checked_in_at AS "checkedInAt", complimentary_reason AS "givenBecause"
        FROM tickets AS ticket JOIN bookings AS booking
          ON booking.city_code = ticket.city_code AND booking.id = booking_id
        WHERE holder_id = ${userId} ORDER BY issued_at`,
        this.#sql.$queryRaw`
        SELECT ticket_id AS "ticketId", status::text, created_at AS "createdAt" FROM ticket_transfers
        WHERE sender_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT show_id AS "showId", status::text, seats, subtotal::float8 AS subtotal, currency, created_at AS "createdAt",
          expires_at AS "expiresAt"
        FROM seat_holds WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT show_id AS "showId", period_started_at AS since, spent_seconds AS "secondsHeld", held_until AS "heldUntil"
        FROM hold_budgets WHERE customer_id = ${userId} ORDER BY period_started_at`,
        this.#sql.$queryRaw`
        SELECT show_id AS "showId", party_size AS "partySize", status::text, created_at AS "createdAt"
        FROM waitlist_entries WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT show_id AS "showId", entered_at AS "enteredAt" FROM waiting_room_places
        WHERE customer_id = ${userId} ORDER BY entered_at`,
        this.#sql.$queryRaw`SELECT percent, until FROM buyer_limits WHERE customer_id = ${userId}`,
        this.#sql.$queryRaw`
        SELECT membership_id AS "membershipId", booking_fee_percent_off AS "bookingFeePercentOff" FROM member_benefits
        WHERE customer_id = ${userId}`,
      ]);
    return { bookings, history, tickets, offers, holds, budgets, waitlists, waitingRooms, limits, benefits };
  }
}
