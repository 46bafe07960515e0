import { isCheckViolation, keyInsert, type IdempotencyRow } from '@marquee/database';
import { audited, currentTraceparent, outboxInsert } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { newCityId } from '@marquee/subgraph/ids';

import type { ComplimentaryTickets, TicketsToGive } from '../domain/complimentary-tickets.ts';
import { requestedData } from './booking-creation.ts';
import { emitSeatChanges } from './seat-changes.ts';
import type { SealedAddresses } from './sealed-addresses.ts';
import { seatIdsOf } from './seat-claims.ts';
import { emitOffered } from './transfers.ts';

/** Tickets that a venue gives away. */
export class ComplimentaryTicketRepository implements ComplimentaryTickets {
  readonly #client: PrismaClient;
  readonly #addresses: SealedAddresses;

  constructor(client: PrismaClient, addresses: SealedAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async give(gift: TicketsToGive, idempotency: IdempotencyRow): Promise<boolean> {
    try {
      await this.#client.$executeRaw(this.#statement(gift, idempotency));
      return true;
    } catch (error) {
      if (isCheckViolation(error, 'bookings_all_or_none')) return false;
      throw error;
    }
  }

  async taken({ show, seats }: TicketsToGive): Promise<string[]> {
    const rows = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT seat_id AS id FROM seat_claims
      WHERE city_code = ${show.cityCode} AND show_id = ${show.id} AND seat_id = ANY (${seatIdsOf(seats)}::text[])
        AND state <> 'BLOCKED' AND (expires_at IS NULL OR expires_at > now())`;
    return rows.map(({ id }) => id);
  }

  /**
   * Claims the seats, also those that the venue had blocked, books them for nothing, issues tickets that admit nobody yet,
   * and offers them to the recipient. The seats count for nobody until they are accepted.
   */
  #statement(
    { bookingId, offerId, show, partnerId, seats, toEmail, reason, acceptWithinHours }: TicketsToGive,
    key: IdempotencyRow,
  ) {
    const { cityCode, id: showId } = show;
    const sections = seats.map(({ section }) => section);
    const traceparent = currentTraceparent();
    const action = audited('booking', {
      ...{ actorId: partnerId, action: 'tickets.given', subjectType: 'Booking', subjectId: bookingId },
      detail: `${seats.length} of ${showId}`,
    });
    return Prisma.sql`
      WITH claimed AS (
        INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, section, state, booking_id)
        SELECT ${cityCode}, ${showId}, seat_id, section, 'SOLD'::"SeatClaimState", ${bookingId}
        FROM unnest(${seatIdsOf(seats)}::text[], ${sections}::text[]) AS seat (seat_id, section)
        ORDER BY seat_id COLLATE "C"
        ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
          SET state = excluded.state, over_state = claim.state, booking_id = excluded.booking_id, hold_id = NULL,
            customer_id = NULL, reason = NULL, expires_at = NULL
          WHERE claim.expires_at <= now() OR claim.state = 'BLOCKED'
        RETURNING city_code, show_id, seat_id, section, over_state
      ), booked AS (
        INSERT INTO bookings (city_code, id, customer_id, show_id, status, version, seats, seat_ids, subtotal, fees, tax,
          discount, total, currency, expires_at, claimed_count, venue_id, cancellation_tiers, complimentary_reason)
        SELECT ${cityCode}, ${bookingId}, ${partnerId}, id, 'CONFIRMED', 2, ${JSON.stringify(seats)}::jsonb,
          ${seatIdsOf(seats)}::text[], 0, 0, 0, 0, 0, ${seats[0]?.price.currency}, starts_at,
          (SELECT count(*) FROM claimed), venue_id, cancellation_tiers, ${reason}
        FROM shows WHERE city_code = ${cityCode} AND id = ${showId}
        RETURNING *
      ), recorded AS (
        INSERT INTO booking_events (city_code, booking_id, version, type, data)
        SELECT city_code, id, 1, 'REQUESTED'::"BookingEventType",
          ${requestedData} || jsonb_build_object('complimentaryReason', complimentary_reason)
        FROM booked
        UNION ALL
        SELECT city_code, id, 2, 'CONFIRMED', jsonb_build_object('paymentId', NULL) FROM booked
      ), issued AS (
        INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status)
        SELECT city_code, ticket.id, booked.id, show_id, ticket.seat ->> 'id', ticket.seat, 'ISSUED'
        FROM booked, jsonb_to_recordset(${ticketRows(cityCode, seats)}::jsonb) AS ticket (id text, seat jsonb)
        RETURNING city_code, id, booking_id, show_id
      ), transfer AS (
        INSERT INTO ticket_transfers (city_code, id, offer_id, ticket_id, booking_id, show_id, sender_id, to_address,
          status, expires_at)
        SELECT issued.city_code, replace(issued.id, '_tkt_', '_trf_'), ${offerId}, issued.id, booking_id, issued.show_id,
          ${partnerId}, ${this.#addresses.seal(offerId, toEmail)}::bytea, 'PENDING', ${acceptedUntil(acceptWithinHours)}
        FROM issued, booked
        RETURNING offer_id
      ), keyed AS (${keyInsert(key, bookingId)}), logged AS (${outboxInsert([action], Prisma.sql`booked`)}),
      offered AS (${emitOffered(Prisma.sql`transfer`)}),
      changed AS (SELECT *, 'SOLD' AS status FROM claimed), ${emitSeatChanges(traceparent, show)}
      SELECT 1`;
  }
}

/**
 * Until when the tickets can be accepted: the venue's number of hours, else a week and at most until a day before the show;
 * in the two days before it, until it begins. An expression over `booked`, whose `expires_at` is the start.
 */
function acceptedUntil(hours: number | null): Prisma.Sql {
  if (hours !== null) return Prisma.sql`least(now() + make_interval(hours => ${hours}::int), booked.expires_at)`;
  return Prisma.sql`CASE WHEN booked.expires_at < now() + interval '2 days' THEN booked.expires_at
    ELSE least(now() + interval '7 days', booked.expires_at - interval '1 day') END`;
}

function ticketRows(cityCode: string, seats: TicketsToGive['seats']): string {
  const rows = seats.map(({ id, section, row, number }) => ({
    id: newCityId(cityCode, 'tkt'),
    seat: { id, section, row, number },
  }));
  return JSON.stringify(rows);
}
