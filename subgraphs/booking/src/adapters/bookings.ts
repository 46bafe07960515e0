import { isCheckViolation } from '@marquee/database';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { type LatestPage, refusedByRisk } from '@marquee/subgraph';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { Booking, BookingStatus, TimelineEntry } from '../domain/booking.ts';
import type { Bookings, NewBooking } from '../domain/ports.ts';
import { createStatement } from './booking-creation.ts';
import { BOOKING_COLUMNS, toBooking, type BookingRow } from './booking-row.ts';
import { cityKeys, idsByCity, rowsOf } from './city-keys.ts';

/** A page of a customer's bookings. */
export interface CustomerPage extends LatestPage {
  readonly customerId: string;
  /** Only bookings in one of these states; all when null. */
  readonly status: readonly BookingStatus[] | null;
}

/** A booking and the hold that it was. */
export interface BookingOfHold extends Booking {
  readonly holdId: string;
}

/** Bookings and their timelines. */
export class BookingRepository implements Bookings {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<Booking | null> {
    const [booking] = await this.findMany([id]);
    return booking ?? null;
  }

  /** The bookings with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Booking[]> {
    const rows = await this.#client.$queryRaw<BookingRow[]>`SELECT ${BOOKING_COLUMNS} FROM ${rowsOf('bookings', ids)}`;
    return rows.map(toBooking);
  }

  /** The bookings that these holds became, in any order. */
  async ofHolds(holdIds: readonly string[]): Promise<BookingOfHold[]> {
    const rows = await this.#client.$queryRaw<(BookingRow & { readonly holdId: string })[]>`
      SELECT hold_id AS "holdId", ${BOOKING_COLUMNS} FROM ${rowsOf('bookings', holdIds, 'hold_id')}`;
    return rows.map(({ holdId, ...row }) => ({ ...toBooking(row), holdId }));
  }

  /** The page, the latest first, and one booking beyond its limit when more follow. */
  async ofCustomer({ customerId, status, limit, after }: CustomerPage): Promise<Booking[]> {
    const ofStatus = status ? Prisma.sql`AND status::text = ANY (${status})` : Prisma.empty;
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#client.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings WHERE customer_id = ${customerId} ${ofStatus} ${start}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toBooking);
  }

  async countOfCustomer(customerId: string, status: readonly BookingStatus[] | null): Promise<number> {
    return this.#client.booking.count({ where: { customerId, ...(status && { status: { in: [...status] } }) } });
  }

  async timelines(bookingIds: readonly string[]): Promise<TimelineEntry[]> {
    const { cityCode, id: bookingId } = cityKeys(bookingIds);
    return this.#client.bookingEvent.findMany({
      where: { cityCode, bookingId },
      select: { bookingId: true, type: true, at: true },
      orderBy: { version: 'asc' },
    });
  }

  /**
   * The bookings with a coupon that these holds became. Waits for those that are being made, so that a hold without one
   * has none for good once its coupon's time is over.
   */
  async withCouponOf(holdIds: readonly string[]): Promise<{ holdId: string; bookingId: string }[]> {
    const holds = cityKeys(holdIds).id.in.map((id) => ({ id, cityCode: cityCodeOf(id) ?? '' }));
    for (const [cityCode, ids] of idsByCity(holds)) {
      await this.#client.$queryRaw`
        SELECT FROM seat_holds WHERE city_code = ${cityCode} AND id = ANY (${ids}::text[]) ORDER BY id FOR SHARE`;
    }
    return this.#client.$queryRaw`
      SELECT hold_id AS "holdId", id AS "bookingId"
      FROM ${rowsOf('bookings', holdIds, 'hold_id')} WHERE coupon IS NOT NULL`;
  }

  async isFirstOf(customerId: string): Promise<boolean> {
    const booked = await this.#client.$queryRaw<object[]>`
      SELECT FROM bookings WHERE customer_id = ${customerId} AND complimentary_reason IS NULL
        AND status IN ('CONFIRMED', 'PARTIALLY_CANCELLED', 'COMPLETED', 'NEEDS_REVIEW') LIMIT 1`;
    return booked.length === 0;
  }

  async create(booking: NewBooking): Promise<Booking | null> {
    try {
      const statement = createStatement(booking);
      const [row] = await refusedByRisk(this.#client.$queryRaw<BookingRow[]>(statement));
      return row ? toBooking(row) : null;
    } catch (error) {
      if (isCheckViolation(error, 'bookings_all_or_none')) return null;
      throw error;
    }
  }
}
