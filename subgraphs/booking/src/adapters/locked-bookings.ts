import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { Money } from '@marquee/money';
import { Prisma } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { Booking, FailedRefund, TimelineType } from '../domain/booking.ts';
import { withFailedRefund } from '../domain/booking-review.ts';
import { type BookedTicket, disputeCancellation } from '../domain/cancellation.ts';
import type { BookingPayment, LockedBookings } from '../domain/ports.ts';
import { partsOf, type PriceParts } from '../domain/refund.ts';
import type { SeatLimits } from '../domain/seat-limits.ts';
import { newEvent } from '../emits.ts';
import { cancelStatement } from './booking-cancellation.ts';
import { confirmInTime, confirmLate } from './booking-confirmation.ts';
import { expireStatement } from './booking-expiry.ts';
import { BOOKING_COLUMNS, toBooking, type BookingRow } from './booking-row.ts';
import { giveUpStatement } from './kept-reschedules.ts';
import { moveBooking } from './reschedules.ts';
import { lockClaims } from './seat-claims.ts';

/** Bookings of one transaction, locked by `SELECT … FOR UPDATE`. */
export class LockedBookingRepository implements LockedBookings {
  readonly #tx: SqlTransaction;
  readonly #maxSeats: number;

  /** @param limits the most seats of a customer in a show that does not say */
  constructor(tx: SqlTransaction, { maxSeatsPerCustomer }: Pick<SeatLimits, 'maxSeatsPerCustomer'>) {
    this.#tx = tx;
    this.#maxSeats = maxSeatsPerCustomer;
  }

  async lock(id: string): Promise<Booking> {
    const [row] = await this.#tx.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings WHERE city_code = ${cityCodeOf(id)} AND id = ${id} FOR UPDATE`;
    if (!row) throw new Error(`There is no booking ${id}`);
    return toBooking(row);
  }

  confirmInTime(payments: readonly BookingPayment[]): Promise<ReadonlySet<string>> {
    return confirmInTime(this.#tx, payments);
  }

  confirmLate(booking: Booking, paymentId: string): Promise<boolean> {
    return confirmLate(this.#tx, { booking, paymentId, maxSeats: this.#maxSeats });
  }

  move(booking: Booking, paymentId: string): Promise<boolean> {
    return moveBooking(this.#tx, booking, paymentId);
  }

  async giveUpReschedule({ cityCode, id }: Booking): Promise<void> {
    await this.#tx.$executeRaw(giveUpStatement(cityCode, Prisma.sql`id = ${id}`));
  }

  async expire({ cityCode, id }: Booking): Promise<void> {
    await lockClaims(this.#tx, Prisma.sql`city_code = ${cityCode} AND booking_id = ${id}`);
    await this.#tx.$executeRaw(expireStatement(cityCode, Prisma.sql`id = ${id}`));
  }

  async cancelUnused(booking: Booking): Promise<void> {
    const { cityCode, id } = booking;
    // Locked, so that none is used between here and the statement.
    const valid = await this.#tx.$queryRaw<BookedTicket[]>`
      SELECT id, seat, status FROM tickets
      WHERE city_code = ${cityCode} AND booking_id = ${id} AND status <> 'CANCELLED' ORDER BY id FOR UPDATE`;
    const cancellation = disputeCancellation(booking, valid);
    if (cancellation) await this.#tx.$queryRaw(cancelStatement(cityCode, [cancellation]));
  }

  async requestRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void> {
    const { id: bookingId, customerId } = booking;
    const { paymentId, amount } = payment;
    await this.appendEvent(booking, 'REFUND_REQUESTED', { paymentId, amount: amount.amount, reason });
    const refund = { paymentId, amount, parts: partsOfPayment(booking, amount), refundTo: 'SOURCE' as const, reason };
    await appendToOutbox(this.#tx, [
      newEvent('booking.refund-required', bookingId, { bookingId, customerId, ...refund }),
    ]);
  }

  addRefund(booking: Booking, paymentId: string, { amount }: Money): Promise<void> {
    return this.#append(
      booking,
      'REFUNDED',
      { paymentId, amount },
      Prisma.sql`, refunded = refunded + ${amount}::bigint`,
    );
  }

  async needReview(booking: Booking, refund: FailedRefund): Promise<void> {
    const { status, review } = withFailedRefund(booking, refund);
    const change = Prisma.sql`, status = ${status}::"BookingStatus", review = ${JSON.stringify(review)}::jsonb`;
    await this.#append(booking, 'NEEDS_REVIEW', refund, change);
    const { id: bookingId, customerId, showId, status: previousStatus } = booking;
    const payload = { bookingId, previousStatus, status, customerId, showId };
    await appendToOutbox(this.#tx, [newEvent('booking.review-required', bookingId, payload)]);
  }

  appendEvent(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#append(booking, type, data, Prisma.empty);
  }

  /** Appends an event together with the change of the row that it says. */
  async #append({ cityCode, id }: Booking, type: TimelineType, data: object, change: Prisma.Sql): Promise<void> {
    await this.#tx.$executeRaw`
      WITH versioned AS (
        UPDATE bookings SET version = version + 1 ${change}
        WHERE city_code = ${cityCode} AND id = ${id} RETURNING city_code, id, version
      )
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, ${type}::"BookingEventType", ${JSON.stringify(data)}::jsonb FROM versioned`;
  }
}

/** The parts that a payment of the booking's price paid for; null for any other amount. */
function partsOfPayment({ price }: Booking, { amount, currency }: Money): PriceParts | null {
  if (amount !== price.total || currency !== price.currency) return null;
  return partsOf(amount, price);
}
