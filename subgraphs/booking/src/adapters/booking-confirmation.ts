import { isCheckViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox, currentTraceparent, type PayloadOf } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';
import { newCityId } from '@marquee/subgraph/ids';

import type { Booking } from '../domain/booking.ts';
import { newEvent } from '../emits.ts';
import { claimForBooking } from './seat-claims.ts';
import { emitSeatChanges } from './seat-changes.ts';

/** The show's part of `booking.confirmed`. */
interface ShowRow extends Pick<PayloadOf<'booking.confirmed'>, 'titleId' | 'titleName' | 'venueName' | 'timeZone'> {
  readonly startsAt: Date;
}

/** A paid booking to confirm. */
export interface Confirmation {
  readonly booking: Booking;
  readonly paymentId: string;
  /** The most seats of a customer in a show that does not say, for a payment that takes its seats again. */
  readonly maxSeats: number;
}

/** Sells the seats to a locked booking and confirms it. @returns false, with nothing changed, when a seat is missing */
export async function confirmBooking(tx: SqlTransaction, confirmation: Confirmation): Promise<boolean> {
  const { booking, paymentId } = confirmation;
  await tx.$executeRaw`SAVEPOINT before_confirmation`;
  try {
    await tx.$executeRaw(confirmStatement(confirmation));
  } catch (error) {
    if (!isCheckViolation(error, 'bookings_all_or_none')) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_confirmation`;
    return false;
  }
  await emitConfirmed(tx, booking, paymentId);
  await emitSoldOut(tx, booking);
  return true;
}

/**
 * Claims the seats, confirms the booking and issues its tickets.
 *
 * `refunded` starts from 0: earlier refunds were of payments that did not buy the booking.
 */
function confirmStatement({ booking, paymentId, maxSeats }: Confirmation): Prisma.Sql {
  const { id, cityCode, showId } = booking;
  return Prisma.sql`
    WITH claimed AS (${claimForBooking(booking, maxSeats)}), confirmed AS (
      UPDATE bookings SET status = 'CONFIRMED', version = version + 1, payment_id = ${paymentId}, refunded = 0,
        claimed_count = (SELECT count(*) FROM claimed)
      WHERE city_code = ${cityCode} AND id = ${id} RETURNING city_code, id, version, customer_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'CONFIRMED', jsonb_build_object('paymentId', ${paymentId}::text) FROM confirmed
    ), issued AS (
      INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status, holder_id)
      SELECT confirmed.city_code, ticket.id, confirmed.id, ${showId}, ticket.seat_id, ticket.seat, 'ISSUED', customer_id
      FROM confirmed, jsonb_to_recordset(${ticketsOf(booking)}::jsonb) AS ticket (id text, seat_id text, seat jsonb)
    ), changed AS (SELECT *, 'SOLD' AS status FROM claimed), ${emitSeatChanges(currentTraceparent())}
    SELECT 1`;
}

/** New tickets, one a seat, as JSON. */
function ticketsOf({ cityCode, seats }: Booking): string {
  const tickets = seats.map(({ id, section, row, number }) => ({
    id: newCityId(cityCode, 'tkt'),
    seat_id: id,
    seat: { id, section, row, number },
  }));
  return JSON.stringify(tickets);
}

async function emitConfirmed(tx: SqlTransaction, booking: Booking, paymentId: string): Promise<void> {
  const { id: bookingId, status: previousStatus, customerId, showId, seats, price } = booking;
  const [show] = await tx.$queryRaw<ShowRow[]>`
    SELECT title_id AS "titleId", title_name AS "titleName", venue_name AS "venueName", starts_at AS "startsAt",
      time_zone AS "timeZone"
    FROM shows
    WHERE city_code = ${booking.cityCode} AND id = ${showId}`;
  if (!show) throw new Error(`The booking ${bookingId} refers to the unknown show ${showId}`);
  const confirmed = newEvent('booking.confirmed', bookingId, {
    bookingId,
    previousStatus,
    customerId,
    showId,
    ...show,
    startsAt: show.startsAt.toISOString(),
    seats: seats.map(({ row, number }) => `${row}${number}`),
    total: { amount: price.total, currency: price.currency },
    paymentId,
  });
  await appendToOutbox(tx, [confirmed]);
}

/** Emits the change once every seat is sold. The show's row is locked by now, so the count cannot change meanwhile. */
async function emitSoldOut(tx: SqlTransaction, { cityCode, showId }: Booking): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE shows SET sold_out = true
    WHERE city_code = ${cityCode} AND id = ${showId} AND NOT sold_out AND seat_count <= (
      SELECT count(*) FROM seat_claims
      WHERE city_code = ${cityCode} AND show_id = ${showId} AND state IN ('SOLD', 'BLOCKED'))`;
  if (changed === 0) return;
  await appendToOutbox(tx, [newEvent('booking.show-availability-changed', showId, { showId, soldOut: true })]);
}
