import { isCheckViolation, type SqlTransaction, retryOnDeadlock } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { HoldStatus, PricedSeat, SeatHold } from '../domain/hold.ts';
import type { HoldClaim, Holds } from '../domain/ports.ts';
import { SeatUnavailableError } from '../errors.ts';
import { announceSeats, isoInstant, lockClaims } from './seat-changes.ts';
import { inTurn, SWEEP_BATCH } from './sweeps.ts';

interface HoldRow {
  readonly id: string;
  readonly city_code: string;
  readonly show_id: string;
  readonly customer_id: string;
  readonly status: HoldStatus;
  readonly expires_at: Date;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: number;
  readonly currency: string;
  readonly is_over: boolean;
}

/** How many times seats are claimed at most that nobody else turns out to have. */
const TRIES = 5;

const COLUMNS = Prisma.sql`id, city_code, show_id, customer_id, status, expires_at, seats, subtotal, currency,
  expires_at <= now() AS is_over`;

/** Holds. Whether a time is over, the database's clock says. */
export class HoldRepository implements Holds {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<SeatHold | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<HoldRow[]>`
      SELECT ${COLUMNS} FROM seat_holds WHERE city_code = ${cityCodeOf(id)} AND id = ${id}`;
    return row ? holdOf(row) : null;
  }

  async claim(claim: HoldClaim): Promise<SeatHold> {
    const seatIds = claim.seats.map(({ id }) => id);
    for (let tries = 1; ; tries += 1) {
      const hold = await this.#tryToClaim(claim, seatIds);
      if (hold) return hold;
      const taken = await this.#taken(claim, seatIds);
      if (taken.length > 0) throw new SeatUnavailableError(taken);
      if (tries === TRIES) throw new SeatUnavailableError(seatIds);
    }
  }

  /** @returns null when a seat is missing: nothing was done then */
  async #tryToClaim(claim: HoldClaim, seatIds: readonly string[]): Promise<SeatHold | null> {
    const statement = claimStatement(claim, seatIds);
    try {
      const [row] = await retryOnDeadlock(async () => this.#client.$queryRaw<HoldRow[]>(statement));
      if (!row) throw new Error(`The hold ${claim.id} was not made`);
      return holdOf(row);
    } catch (error) {
      if (isCheckViolation(error, 'seat_holds_all_or_none')) return null;
      throw error;
    }
  }

  async release(id: string): Promise<SeatHold | null> {
    const [row] = await retryOnDeadlock(
      async () => this.#client.$queryRaw<HoldRow[]>`
      WITH released AS (
        UPDATE seat_holds SET status = 'RELEASED'
        WHERE city_code = ${cityCodeOf(id)} AND id = ${id} AND status = 'ACTIVE' AND expires_at > now()
        RETURNING *
      ), freed AS (
        DELETE FROM seat_claims AS claim USING released
        WHERE claim.city_code = released.city_code AND claim.show_id = released.show_id
          AND claim.hold_id = released.id AND claim.state = 'HELD'
        RETURNING claim.city_code, claim.show_id, claim.seat_id
      ), changed AS (SELECT *, 'AVAILABLE' AS status FROM freed), ${announceSeats(currentTraceparent())}
      SELECT ${COLUMNS} FROM released`,
    );
    return row ? holdOf(row) : null;
  }

  /** Ends holds whose time is over and frees their seats. @returns how many ended */
  async expire(): Promise<number> {
    const due = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT id FROM seat_holds WHERE status = 'ACTIVE' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    return inTurn(this.#client, due, async (tx, { cityCode, id }) => {
      await lockClaims(tx, Prisma.sql`city_code = ANY (${cityCode.in}) AND hold_id = ANY (${id.in})`);
      return this.#expire(tx, Prisma.sql`city_code = ANY (${cityCode.in}) AND id = ANY (${id.in})`);
    });
  }

  async #expire(tx: SqlTransaction, which: Prisma.Sql): Promise<number> {
    const [result] = await tx.$queryRaw<{ count: number }[]>`
      WITH due AS (
        SELECT city_code, id FROM seat_holds
        WHERE ${which} AND status = 'ACTIVE' AND expires_at <= now() FOR UPDATE SKIP LOCKED
      ), expired AS (
        UPDATE seat_holds AS hold SET status = 'EXPIRED' FROM due
        WHERE hold.city_code = due.city_code AND hold.id = due.id
        RETURNING hold.city_code, hold.id, hold.show_id
      ), freed AS (
        DELETE FROM seat_claims AS claim USING expired
        WHERE claim.city_code = expired.city_code AND claim.show_id = expired.show_id
          AND claim.hold_id = expired.id AND claim.state = 'HELD' AND claim.expires_at <= now()
        RETURNING claim.city_code, claim.show_id, claim.seat_id
      ), changed AS (SELECT *, 'AVAILABLE' AS status FROM freed), ${announceSeats(null)}
      SELECT count(*)::int AS count FROM expired`;
    return result?.count ?? 0;
  }

  /** Tells, once a hold, that it ends within `seconds`. */
  async warnBefore(seconds: number): Promise<void> {
    await this.#client.$executeRaw`
      WITH due AS (
        SELECT city_code, id FROM seat_holds
        WHERE status = 'ACTIVE' AND warned_at IS NULL AND expires_at > now()
          AND expires_at <= now() + make_interval(secs => ${seconds}::int)
        ORDER BY expires_at LIMIT ${SWEEP_BATCH} FOR UPDATE SKIP LOCKED
      ), warned AS (
        UPDATE seat_holds AS hold SET warned_at = now() FROM due
        WHERE hold.city_code = due.city_code AND hold.id = due.id RETURNING hold.*
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'booking.hold-expiring', warned.id, jsonb_build_object('holdId', warned.id,
        'customerId', warned.customer_id, 'showId', warned.show_id, 'titleName', shows.title_name,
        'expiresAt', ${isoInstant('warned.expires_at')})
      FROM warned JOIN shows ON shows.city_code = warned.city_code AND shows.id = warned.show_id`;
  }

  /** Which of the seats are in the way of the claim; none when they were freed in this moment. */
  async #taken({ show, customerId, replacesOwn }: HoldClaim, seatIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#client.$queryRaw<{ seat_id: string }[]>`
      SELECT seat_id FROM seat_claims
      WHERE city_code = ${show.cityCode} AND show_id = ${show.id} AND seat_id = ANY (${seatIds})
        AND (expires_at IS NULL OR expires_at > now())
        AND NOT (${replacesOwn} AND state = 'HELD' AND customer_id = ${customerId})`;
    const taken = new Set(rows.map(({ seat_id }) => seat_id));
    return seatIds.filter((id) => taken.has(id));
  }
}

/** A hold whose time is over is EXPIRED from that moment, whether or not the sweeper has come by. */
function holdOf({ is_over, ...row }: HoldRow): SeatHold {
  return {
    id: row.id,
    cityCode: row.city_code,
    showId: row.show_id,
    customerId: row.customer_id,
    status: row.status === 'ACTIVE' && is_over ? 'EXPIRED' : row.status,
    expiresAt: row.expires_at,
    seats: row.seats,
    total: { amount: row.subtotal, currency: row.currency },
  };
}

/**
 * One statement: replaces older holds of the same customer that overlap (where it may), claims the seats, makes the
 * hold, records the request's key and tells of the seats. The check on `claimed_count` undoes all of it when a seat is
 * missing.
 *
 * Holds are locked before seats, and seats in the order of their ids, as everywhere: so statements over the same seats
 * do not wait in a circle. Only the seats that a replaced hold gives up come last; who waits for them in a circle is
 * tried again.
 */
function claimStatement(claim: HoldClaim, seatIds: readonly string[]): Prisma.Sql {
  const { id, show, customerId, seats, subtotal, holdSeconds, replacesOwn, key } = claim;
  return Prisma.sql`
    WITH replaced AS (
      UPDATE seat_holds SET status = 'RELEASED'
      WHERE ${replacesOwn} AND city_code = ${show.cityCode} AND customer_id = ${customerId} AND show_id = ${show.id}
        AND status = 'ACTIVE' AND seat_ids && ${seatIds}::text[]
      RETURNING id
    ), claimed AS (
      INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, state, hold_id, customer_id, expires_at)
      SELECT ${show.cityCode}, ${show.id}, seat_id, 'HELD'::"SeatClaimState", ${id}, ${customerId},
        now() + make_interval(secs => ${holdSeconds}::int)
      FROM unnest(${seatIds}::text[]) AS seat_id, (SELECT count(*) FROM replaced) AS first ORDER BY seat_id
      ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
        SET state = excluded.state, hold_id = excluded.hold_id, booking_id = NULL,
          customer_id = excluded.customer_id, expires_at = excluded.expires_at
        WHERE claim.expires_at <= now() OR (claim.state = 'HELD' AND claim.hold_id IN (SELECT id FROM replaced))
      RETURNING city_code, show_id, seat_id
    ), freed AS (
      DELETE FROM seat_claims
      WHERE city_code = ${show.cityCode} AND show_id = ${show.id} AND state = 'HELD'
        AND hold_id IN (SELECT id FROM replaced) AND seat_id <> ALL (${seatIds}::text[])
      RETURNING city_code, show_id, seat_id
    ), held AS (
      INSERT INTO seat_holds (city_code, id, show_id, customer_id, status, seats, seat_ids, subtotal, currency,
        expires_at, claimed_count)
      SELECT ${show.cityCode}, ${id}, ${show.id}, ${customerId}, 'ACTIVE', ${JSON.stringify(seats)}::jsonb,
        ${seatIds}::text[], ${subtotal.amount}::int, ${subtotal.currency},
        now() + make_interval(secs => ${holdSeconds}::int), (SELECT count(*) FROM claimed)
      RETURNING *
    ), keyed AS (
      INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
      VALUES (${key.caller}, ${key.operation}, ${key.key}, ${key.requestHash}, ${id})
    ), changed AS (
      SELECT *, 'HELD' AS status FROM claimed UNION ALL SELECT *, 'AVAILABLE' FROM freed
    ), ${announceSeats(currentTraceparent())}
    SELECT ${COLUMNS} FROM held`;
}
