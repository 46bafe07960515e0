import { isCheckViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox, currentTraceparent, newEvent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';
import { cityCodeOf, newCityId } from '@marquee/subgraph/ids';

import type { Booking, TimelineType } from '../domain/booking.ts';
import type { Money } from '../domain/money.ts';
import type { LockedBookings } from '../domain/ports.ts';
import { BOOKING_COLUMNS, bookingOf, type BookingRow } from './booking-row.ts';
import { announceSeats, lockClaims } from './seat-changes.ts';

/** What an event of a booking tells of its show. */
interface ShowFacts {
  readonly title_id: string;
  readonly title_name: string;
  readonly venue_name: string;
  readonly starts_at: Date;
  readonly time_zone: string;
}

/** Bookings inside one transaction, locked first: two payments of one booking take turns. */
export class LockedBookingRepository implements LockedBookings {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async lock(id: string): Promise<Booking | null> {
    const [row] = await this.#tx.$queryRaw<BookingRow[]>(
      Prisma.sql`SELECT ${BOOKING_COLUMNS} FROM bookings
        WHERE city_code = ${cityCodeOf(id)} AND id = ${id} FOR UPDATE`,
    );
    return row ? bookingOf(row) : null;
  }

  async confirm(booking: Booking, paymentId: string): Promise<boolean> {
    await this.#tx.$executeRaw`SAVEPOINT before_seats`;
    try {
      await this.#tx.$executeRaw(confirmStatement(booking, paymentId));
    } catch (error) {
      if (!isCheckViolation(error, 'bookings_all_or_none')) throw error;
      await this.#tx.$executeRaw`ROLLBACK TO SAVEPOINT before_seats`;
      return false;
    }
    await this.#tellConfirmed(booking, paymentId);
    await this.#tellWhenSoldOut(booking);
    return true;
  }

  async expire({ cityCode, id }: Booking): Promise<void> {
    await lockClaims(this.#tx, Prisma.sql`city_code = ${cityCode} AND booking_id = ${id}`);
    await this.#tx.$executeRaw(expireStatement(Prisma.sql`city_code = ${cityCode} AND id = ${id}`));
  }

  async requireRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void> {
    const { id: bookingId, customerId } = booking;
    const { paymentId, amount } = payment;
    await this.note(booking, 'REFUND_REQUESTED', { paymentId, reason });
    await appendToOutbox(this.#tx, [
      newEvent('booking.refund-required', bookingId, { bookingId, customerId, paymentId, amount, reason }),
    ]);
  }

  async refund(booking: Booking, { amount }: Money): Promise<void> {
    await this.#tx.$executeRaw`
      UPDATE bookings SET refunded = refunded + ${amount}::int
      WHERE city_code = ${booking.cityCode} AND id = ${booking.id}`;
    await this.note(booking, 'REFUNDED', { amount });
  }

  async note(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#tx.$executeRaw`
      WITH noted AS (
        UPDATE bookings SET version = version + 1
        WHERE city_code = ${booking.cityCode} AND id = ${booking.id} RETURNING city_code, id, version
      )
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, ${type}::"BookingEventType", ${JSON.stringify(data)}::jsonb FROM noted`;
  }

  async #tellConfirmed(booking: Booking, paymentId: string): Promise<void> {
    const { id: bookingId, status: previousStatus, customerId, showId, seats, price } = booking;
    const [show] = await this.#tx.$queryRaw<ShowFacts[]>`
      SELECT title_id, title_name, venue_name, starts_at, time_zone FROM shows
      WHERE city_code = ${booking.cityCode} AND id = ${showId}`;
    if (!show) throw new Error(`The booking ${bookingId} is of a show that is not there`);
    const told = newEvent('booking.confirmed', bookingId, {
      bookingId,
      previousStatus,
      customerId,
      showId,
      titleId: show.title_id,
      titleName: show.title_name,
      venueName: show.venue_name,
      startsAt: show.starts_at.toISOString(),
      timeZone: show.time_zone,
      seats: seats.map(({ row, number }) => `${row}${number}`),
      total: { amount: price.total, currency: price.currency },
      paymentId,
    });
    await appendToOutbox(this.#tx, [told]);
  }

  /** Runs after the show's row was locked by the seats' change: its count is the last word. */
  async #tellWhenSoldOut({ cityCode, showId }: Booking): Promise<void> {
    const changed = await this.#tx.$executeRaw`
      UPDATE shows SET sold_out = true
      WHERE city_code = ${cityCode} AND id = ${showId} AND NOT sold_out AND seat_count <= (
        SELECT count(*) FROM seat_claims
        WHERE city_code = ${cityCode} AND show_id = ${showId} AND state IN ('SOLD', 'BLOCKED'))`;
    if (changed === 0) return;
    await appendToOutbox(this.#tx, [newEvent('booking.show-availability-changed', showId, { showId, soldOut: true })]);
  }
}

/**
 * Sells the seats to the booking, as far as it still has them or they are free, issues its tickets and confirms it.
 * Once its time is over, it sells nothing of a show that has begun. The check on `claimed_count` undoes all of it when a
 * seat is missing.
 *
 * What was paid back before was of other payments: of this one, which buys the booking, nothing was.
 */
function confirmStatement(booking: Booking, paymentId: string): Prisma.Sql {
  const { id, cityCode, customerId, showId, seats } = booking;
  const tickets = seats.map(({ id: seatId, section, row, number }) => ({
    id: newCityId(cityCode, 'tkt'),
    seat_id: seatId,
    seat: { id: seatId, section, row, number },
  }));
  return Prisma.sql`
    WITH claimed AS (
      INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, state, booking_id, customer_id)
      SELECT ${cityCode}, ${showId}, seat_id, 'SOLD'::"SeatClaimState", ${id}, ${customerId}
      FROM unnest(${seats.map((seat) => seat.id)}::text[]) AS seat_id
      WHERE EXISTS (SELECT FROM bookings WHERE city_code = ${cityCode} AND id = ${id} AND expires_at > now())
        OR EXISTS (SELECT FROM shows WHERE city_code = ${cityCode} AND id = ${showId} AND starts_at > now())
      ORDER BY seat_id
      ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
        SET state = excluded.state, booking_id = excluded.booking_id, customer_id = excluded.customer_id,
          hold_id = NULL, expires_at = NULL
        WHERE claim.booking_id = excluded.booking_id OR claim.expires_at <= now()
      RETURNING city_code, show_id, seat_id
    ), confirmed AS (
      UPDATE bookings SET status = 'CONFIRMED', version = version + 1, payment_id = ${paymentId}, refunded = 0,
        claimed_count = (SELECT count(*) FROM claimed)
      WHERE city_code = ${cityCode} AND id = ${id} RETURNING city_code, id, version
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'CONFIRMED', jsonb_build_object('paymentId', ${paymentId}::text) FROM confirmed
    ), issued AS (
      INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status)
      SELECT confirmed.city_code, ticket.id, confirmed.id, ${showId}, ticket.seat_id, ticket.seat, 'ISSUED'
      FROM confirmed, jsonb_to_recordset(${JSON.stringify(tickets)}::jsonb) AS ticket (id text, seat_id text, seat jsonb)
    ), changed AS (SELECT *, 'SOLD' AS status FROM claimed), ${announceSeats(currentTraceparent())}
    SELECT 1`;
}

/**
 * Ends bookings that wait for their payment, frees the seats they still have, and tells.
 *
 * @param which a condition on `bookings`
 */
export function expireStatement(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH expired AS (
      UPDATE bookings SET status = 'EXPIRED', version = version + 1
      WHERE ${which} AND status = 'PENDING_PAYMENT'
      RETURNING city_code, id, version, show_id, customer_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'EXPIRED', '{}'::jsonb FROM expired
    ), freed AS (
      DELETE FROM seat_claims AS claim USING expired
      WHERE claim.city_code = expired.city_code AND claim.show_id = expired.show_id
        AND claim.booking_id = expired.id AND claim.state = 'PENDING'
      RETURNING claim.city_code, claim.show_id, claim.seat_id
    ), told AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.expired', expired.id, jsonb_build_object('bookingId', expired.id,
        'previousStatus', 'PENDING_PAYMENT', 'customerId', expired.customer_id, 'showId', expired.show_id,
        'titleName', shows.title_name), ${currentTraceparent()}
      FROM expired JOIN shows ON shows.city_code = expired.city_code AND shows.id = expired.show_id
    ), changed AS (SELECT *, 'AVAILABLE' AS status FROM freed), ${announceSeats(currentTraceparent())}
    SELECT count(*)::int AS count FROM expired`;
}
