import { type IdempotencyRow, keyInsert, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { audited, currentTraceparent, outboxInsert } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';
import { type LatestPage, withOpenCase } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';

import type { Booking } from '../domain/booking.ts';
import { type ReviewDecision, reviewDecided, unspentPayment } from '../domain/booking-review.ts';
import type { BookingReviews } from '../domain/ports.ts';
import type { SeatLimits } from '../domain/seat-limits.ts';
import { TicketsUnavailableError } from '../errors.ts';
import { confirmLate } from './booking-confirmation.ts';
import { BOOKING_COLUMNS, type BookingRow, toBooking } from './booking-row.ts';

const OF_SUPPORT_CASES = Prisma.sql`AND ${withOpenCase(Prisma.sql`bookings.customer_id`)}`;

/** The bookings on which staff must decide. */
export class BookingReviewRepository implements BookingReviews {
  readonly #client: SqlDatabase & SqlTransaction;
  readonly #maxSeats: number;

  /** @param limits the most seats of a customer in a show that does not say */
  constructor(client: SqlDatabase & SqlTransaction, { maxSeatsPerCustomer }: Pick<SeatLimits, 'maxSeatsPerCustomer'>) {
    this.#client = client;
    this.#maxSeats = maxSeatsPerCustomer;
  }

  async list({ limit, after }: LatestPage, which: 'ALL' | 'OF_SUPPORT_CASES'): Promise<Booking[]> {
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#client.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings WHERE review IS NOT NULL ${start} ${which === 'ALL' ? Prisma.empty : OF_SUPPORT_CASES}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toBooking);
  }

  /** The bookings that wait for a decision. */
  async countOpen(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM bookings WHERE review IS NOT NULL`;
    return row?.open ?? 0;
  }

  decide(booking: Booking, decision: ReviewDecision, idempotency: IdempotencyRow): Promise<boolean> {
    return this.#client.$sqlTransaction(async (tx) => {
      const [row] = await tx.$queryRaw<BookingRow[]>(decideStatement(booking, decision, idempotency));
      if (row && decision.outcome === 'GIVE_TICKETS') await this.#giveTickets(tx, booking, toBooking(row));
      return row !== undefined;
    });
  }

  async #giveTickets(tx: SqlTransaction, reviewed: Booking, booking: Booking): Promise<void> {
    const paymentId = unspentPayment(reviewed);
    const late = paymentId !== null && { booking, paymentId, maxSeats: this.#maxSeats };
    if (!late || !(await isToCome(tx, booking)) || !(await confirmLate(tx, late))) throw new TicketsUnavailableError();
  }
}

/** Exports the bookings that wait for a decision. */
export function observeBookingReviews(reviews: BookingReviewRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_booking_reviews_open',
    help: 'Bookings whose refund was refused for good, and that wait for a decision of staff',
    read: () => reviews.countOpen(),
  });
}

async function isToCome(tx: SqlTransaction, { cityCode, showId }: Booking): Promise<boolean> {
  const shows = await tx.$queryRaw<object[]>`
    SELECT FROM shows WHERE city_code = ${cityCode} AND id = ${showId} AND starts_at > now() AND cancelled_at IS NULL`;
  return shows.length > 0;
}

/**
 * Records a decision as an event, together with what it changes, and emits `booking.review-decided`.
 *
 * @param asRead the condition on `bookings` by which one of several decisions counts
 */
export function decideStatement(
  booking: Booking,
  decision: ReviewDecision,
  idempotency: IdempotencyRow,
  asRead: Prisma.Sql = Prisma.sql`version = ${booking.version}::int`,
): Prisma.Sql {
  const { cityCode, id: bookingId, customerId, status: previousStatus, review } = booking;
  const { status, refundRequested } = reviewDecided(booking, decision);
  const { outcome, decidedBy } = decision;
  const refundIds = review?.failedRefunds.map(({ refundId }) => refundId) ?? [];
  const payload = { bookingId, previousStatus, customerId, outcome, refundIds, decidedBy };
  const subject = { subjectType: 'Booking', subjectId: bookingId };
  const action = audited('booking', {
    ...subject,
    actorId: decidedBy,
    action: 'booking-review.decided',
    detail: outcome,
  });
  return Prisma.sql`
    WITH decided AS (
      UPDATE bookings SET status = ${status}::"BookingStatus", version = version + 1, review = NULL,
        refund_requested = ${refundRequested}::bigint
      WHERE city_code = ${cityCode} AND id = ${bookingId} AND ${asRead} RETURNING *
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'REVIEW_DECIDED', ${JSON.stringify(decision)}::jsonb FROM decided
    ), keyed AS (${keyInsert(idempotency, bookingId, Prisma.sql`decided`)}), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.review-decided', id, ${JSON.stringify(payload)}::jsonb, ${currentTraceparent()}
      FROM decided
    ), audit AS (${outboxInsert([action], Prisma.sql`decided`)})
    SELECT ${BOOKING_COLUMNS} FROM decided`;
}
