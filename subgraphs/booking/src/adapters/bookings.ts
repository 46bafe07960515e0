import { isCheckViolation, retryOnDeadlock } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph';

import type { Booking, BookingStatus, CustomerPosition, Ticket, TimelineEntry } from '../domain/booking.ts';
import type { Bookings, NewBooking } from '../domain/ports.ts';
import { BOOKING_COLUMNS, bookingOf, type BookingRow } from './booking-row.ts';
import { isoInstant } from './seat-changes.ts';
import { cityKeys } from './shows.ts';

/** A customer's bookings in the order they are listed: the latest first. */
export interface CustomerPage {
  readonly customerId: string;
  readonly status: readonly BookingStatus[] | null;
  readonly limit: number;
  /** The booking after which to start. */
  readonly after: CustomerPosition | null;
}

/** Bookings, their tickets and their history. */
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
    const { cityCode, id } = cityKeys(ids);
    if (id.in.length === 0) return [];
    const rows = await this.#client.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings WHERE city_code = ANY (${cityCode.in}) AND id = ANY (${id.in})`;
    return rows.map(bookingOf);
  }

  /** One more booking than the page's limit, when there is one. */
  async ofCustomer({ customerId, status, limit, after }: CustomerPage): Promise<Booking[]> {
    const ofStatus = status ? Prisma.sql`AND status::text = ANY (${status})` : Prisma.empty;
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#client.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings WHERE customer_id = ${customerId} ${ofStatus} ${start}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(bookingOf);
  }

  async countOfCustomer(customerId: string, status: readonly BookingStatus[] | null): Promise<number> {
    return this.#client.booking.count({ where: { customerId, ...(status && { status: { in: [...status] } }) } });
  }

  async tickets(bookingIds: readonly string[]): Promise<Ticket[]> {
    const { cityCode, id } = cityKeys(bookingIds);
    const rows = await this.#client.ticket.findMany({ where: { cityCode, bookingId: id }, orderBy: { id: 'asc' } });
    return rows.map(({ id: ticketId, bookingId, showId, status, seat }) => ({
      id: ticketId,
      bookingId,
      showId,
      status,
      seat: seat as unknown as Ticket['seat'],
    }));
  }

  async timelines(bookingIds: readonly string[]): Promise<(TimelineEntry & { bookingId: string })[]> {
    const { cityCode, id } = cityKeys(bookingIds);
    return this.#client.bookingEvent.findMany({
      where: { cityCode, bookingId: id },
      select: { bookingId: true, type: true, at: true },
      orderBy: { version: 'asc' },
    });
  }

  /**
   * One statement: consumes the hold, keeps its seats for the payment, makes the booking with its first event, records
   * the request's key and tells of the booking.
   */
  async create(booking: NewBooking): Promise<Booking | null> {
    try {
      return await retryOnDeadlock(() => this.#create(booking));
    } catch (error) {
      // Another took a seat over, whose time was over, while this waited for it.
      if (isCheckViolation(error, 'bookings_all_or_none')) return null;
      throw error;
    }
  }

  async #create({ id, hold, price, paymentSeconds, key }: NewBooking): Promise<Booking | null> {
    const cityCode = cityCodeOf(id);
    const [row] = await this.#client.$queryRaw<BookingRow[]>`
      WITH consumed AS (
        UPDATE seat_holds AS hold SET status = 'CONSUMED'
        WHERE city_code = ${cityCode} AND id = ${hold.id} AND status = 'ACTIVE' AND expires_at > now()
          AND cardinality(seat_ids) = (
            SELECT count(*) FROM seat_claims
            WHERE city_code = ${cityCode} AND show_id = ${hold.showId} AND hold_id = ${hold.id})
        RETURNING *
      ), claimed AS (
        UPDATE seat_claims AS claim
        SET state = 'PENDING', booking_id = ${id}, expires_at = now() + make_interval(secs => ${paymentSeconds}::int)
        FROM consumed
        WHERE claim.city_code = consumed.city_code AND claim.show_id = consumed.show_id AND claim.hold_id = consumed.id
        RETURNING claim.seat_id
      ), booked AS (
        INSERT INTO bookings (city_code, id, customer_id, show_id, hold_id, status, version, seats, seat_ids,
          subtotal, fees, tax, discount, total, currency, expires_at, claimed_count)
        SELECT city_code, ${id}, customer_id, show_id, id, 'PENDING_PAYMENT', 1, seats, seat_ids,
          ${price.subtotal}::int, ${price.fees}::int, ${price.tax}::int, ${price.discount}::int, ${price.total}::int,
          ${price.currency}, now() + make_interval(secs => ${paymentSeconds}::int), (SELECT count(*) FROM claimed)
        FROM consumed RETURNING *
      ), recorded AS (
        INSERT INTO booking_events (city_code, booking_id, version, type, data)
        SELECT city_code, id, 1, 'REQUESTED', jsonb_build_object('holdId', hold_id, 'total', total) FROM booked
      ), keyed AS (
        INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
        SELECT ${key.caller}, ${key.operation}, ${key.key}, ${key.requestHash}, id FROM booked
      ), told AS (
        INSERT INTO outbox_events (id, type, key, payload, traceparent)
        SELECT gen_random_uuid(), 'booking.requested', id, jsonb_build_object('bookingId', id,
          'customerId', customer_id, 'showId', show_id, 'expiresAt', ${isoInstant('expires_at')},
          'total', jsonb_build_object('amount', total, 'currency', currency)), ${currentTraceparent()}
        FROM booked
      )
      SELECT ${BOOKING_COLUMNS} FROM booked`;
    return row ? bookingOf(row) : null;
  }
}
