import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { Money } from '@marquee/money';
import { Prisma } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { Booking, TimelineType } from '../domain/booking.ts';
import type { BookingPayment, LockedBookings } from '../domain/ports.ts';
import type { SeatLimits } from '../domain/seat-limits.ts';
import { newEvent } from '../emits.ts';
import { confirmInTime, confirmLate } from './booking-confirmation.ts';
import { expireStatement } from './booking-expiry.ts';
import { BOOKING_COLUMNS, toBooking, type BookingRow } from './booking-row.ts';
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

  async expire({ cityCode, id }: Booking): Promise<void> {
    await lockClaims(this.#tx, Prisma.sql`city_code = ${cityCode} AND booking_id = ${id}`);
    await this.#tx.$executeRaw(expireStatement(Prisma.sql`city_code = ${cityCode} AND id = ${id}`));
  }

  async requestRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void> {
    const { id: bookingId, customerId } = booking;
    const { paymentId, amount } = payment;
    await this.appendEvent(booking, 'REFUND_REQUESTED', { paymentId, amount: amount.amount, reason });
    const refund = { paymentId, amount, parts: null, refundTo: 'SOURCE' as const, reason };
    await appendToOutbox(this.#tx, [
      newEvent('booking.refund-required', bookingId, { bookingId, customerId, ...refund }),
    ]);
  }

  async addRefund(booking: Booking, paymentId: string, { amount }: Money): Promise<void> {
    await this.#tx.$executeRaw`
      UPDATE bookings SET refunded = refunded + ${amount}::bigint
      WHERE city_code = ${booking.cityCode} AND id = ${booking.id}`;
    await this.appendEvent(booking, 'REFUNDED', { paymentId, amount });
  }

  async appendEvent(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#tx.$executeRaw`
      WITH versioned AS (
        UPDATE bookings SET version = version + 1
        WHERE city_code = ${booking.cityCode} AND id = ${booking.id} RETURNING city_code, id, version
      )
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, ${type}::"BookingEventType", ${JSON.stringify(data)}::jsonb FROM versioned`;
  }
}
