import { isCheckViolation, type SqlTransaction } from '@marquee/database';
import { minorUnits } from '@marquee/money';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { riskRefusalOf } from '@marquee/subgraph';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { Booking } from '../domain/booking.ts';
import type { BookedTicket } from '../domain/cancellation.ts';
import type { NewReschedule, Reschedules } from '../domain/ports.ts';
import { differenceOf } from '../domain/reschedule.ts';
import { RescheduleClosedError, SeatUnavailableError } from '../errors.ts';
import { moveStatement } from './booking-move.ts';
import { type CityKey, idsByCity } from './city-keys.ts';
import { giveUpStatement, keepStatement } from './kept-reschedules.ts';
import { limitExceeded, seatsTaken, timeExceeded } from './hold-rules.ts';
import { seatIdsOf } from './seat-claims.ts';
import { SWEEP_BATCH } from './sweep-lock.ts';

/** Seats that are paid for do not count as unpaid; an integer of the database. */
const NO_LIMIT = 1_000_000;

/** Changes of bookings to another show. */
export class RescheduleRepository implements Reschedules {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async reschedule(change: NewReschedule): Promise<string | null> {
    const terms = { ...change, showVersion: change.show.version };
    const statement = differenceOf(change) > 0 ? keepStatement(change, terms) : moveStatement(change, { terms });
    try {
      const [row] = await this.#client.$queryRaw<{ id: string; version: number }[]>(statement);
      return row ? `${row.id}#${row.version}` : null;
    } catch (error) {
      if (!isCheckViolation(error, 'bookings_all_or_none')) throw riskRefusalOf(error) ?? error;
      throw await this.#refusal(change);
    }
  }

  async #refusal(change: NewReschedule): Promise<Error> {
    const { to, booking, ...terms } = change;
    const { customerId } = booking;
    const maxUnpaidSeats = differenceOf(change) > 0 ? terms.maxUnpaidSeats : NO_LIMIT;
    const claim = { ...terms, customerId, seats: to.seats, maxUnpaidSeats };
    const exceeded = await limitExceeded(this.#client, claim);
    const taken = exceeded ?? (await seatsTaken(this.#client, { ...claim, replacesOwn: false }));
    if (taken) return taken;
    const isTooLong = (await timeExceeded(this.#client, claim)) !== null;
    return isTooLong ? RescheduleClosedError.unpaidForLong() : new SeatUnavailableError(to.showId, seatIdsOf(to.seats));
  }

  async outcome(outcome: string): Promise<{ bookingId: string; difference: number }> {
    const [bookingId = '', version] = outcome.split('#');
    const [row] = await this.#client.$queryRaw<{ before: bigint; after: bigint }[]>`
      SELECT (before.data #>> '{price,total}')::bigint AS before, (after.data #>> '{price,total}')::bigint AS after
      FROM booking_events AS after JOIN booking_events AS before USING (city_code, booking_id)
      WHERE city_code = ${cityCodeOf(bookingId)} AND booking_id = ${bookingId} AND after.version <= ${Number(version)}
        AND after.type IN ('RESCHEDULED', 'RESCHEDULE_REQUESTED') AND before.type IN ('REQUESTED', 'RESCHEDULED')
        AND before.version < after.version
      ORDER BY after.version DESC, before.version DESC LIMIT 1`;
    if (!row) throw new Error(`There is no change of show ${outcome}`);
    return { bookingId, difference: minorUnits(row.after - row.before) };
  }

  /** Gives up those whose difference was not paid in time. */
  async giveUpOverdue(): Promise<void> {
    const isOverdue = Prisma.sql`
      pending_reschedule IS NOT NULL AND (pending_reschedule->>'expiresAt')::timestamptz <= now()`;
    const overdue = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM bookings WHERE ${isOverdue} LIMIT ${SWEEP_BATCH}`;
    for (const [cityCode, ids] of idsByCity(overdue)) {
      await this.#client.$executeRaw(giveUpStatement(cityCode, Prisma.sql`id = ANY (${ids}) AND ${isOverdue}`));
    }
  }
}

/**
 * Moves a locked booking whose difference was paid. @returns false, with nothing changed, when a kept seat is taken, a
 * ticket was used or passed on meanwhile, or the other show was cancelled, has begun or has another screen
 */
export async function moveBooking(tx: SqlTransaction, booking: Booking, paymentId: string): Promise<boolean> {
  if (booking.pendingReschedule === null) return false;
  const { expiresAt: _expiresAt, ...to } = booking.pendingReschedule;
  const tickets = await tx.$queryRaw<BookedTicket[]>`
    SELECT id, seat, status FROM tickets
    WHERE city_code = ${booking.cityCode} AND booking_id = ${booking.id} AND status <> 'CANCELLED'`;
  const change = { booking, tickets, to };
  const payment = { paymentId, amount: differenceOf(change) };
  await tx.$executeRaw`SAVEPOINT before_move`;
  try {
    return (await tx.$queryRaw<object[]>(moveStatement(change, { payment }))).length > 0;
  } catch (error) {
    if (!isCheckViolation(error, 'bookings_all_or_none')) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_move`;
    return false;
  }
}
