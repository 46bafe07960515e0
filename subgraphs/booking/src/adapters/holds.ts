import type { FairQueue } from '@marquee/fair-queue';
import { isCheckViolation } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { riskRefusalOf } from '@marquee/subgraph';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { SeatHold } from '../domain/hold.ts';
import type { HoldClaim, HoldOfShow, Holds } from '../domain/ports.ts';
import { SeatUnavailableError } from '../errors.ts';
import { rowsOf } from './city-keys.ts';
import { ContendedSeats } from './contended-seats.ts';
import { spendOnHold } from './hold-budget.ts';
import { HOLD_RULES, type HoldRule, refusalOf } from './hold-rules.ts';
import { emitHoldEnded } from './hold-ended.ts';
import { HOLD_COLUMNS, toHold, type HoldRow } from './hold-row.ts';
import { offerStatement, partyOf } from './waitlist-claims.ts';
import { claimForHold, seatIdsOf } from './seat-claims.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';

/** Claim attempts when the conflicting seat was freed meanwhile. */
const MAX_CLAIM_ATTEMPTS = 5;

/** Holds; expiry is judged by the database clock, never by this process. */
export class HoldRepository implements Holds {
  readonly #client: PrismaClient;
  readonly #queue: FairQueue;
  readonly #contended: ContendedSeats;

  constructor(client: PrismaClient, queue: FairQueue) {
    this.#client = client;
    this.#queue = queue;
    this.#contended = new ContendedSeats(client);
  }

  async find(id: string): Promise<SeatHold | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<HoldRow[]>`
      SELECT ${HOLD_COLUMNS} FROM seat_holds WHERE city_code = ${cityCodeOf(id)} AND id = ${id}`;
    return row ? toHold(row) : null;
  }

  /** The holds with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<SeatHold[]> {
    const rows = await this.#client.$queryRaw<HoldRow[]>`SELECT ${HOLD_COLUMNS} FROM ${rowsOf('seat_holds', ids)}`;
    return rows.map(toHold);
  }

  /** The active holds of these customers, the first to expire first. */
  async activeOf(customerIds: readonly string[]): Promise<SeatHold[]> {
    const rows = await this.#client.$queryRaw<HoldRow[]>`
      SELECT ${HOLD_COLUMNS} FROM seat_holds
      WHERE customer_id = ANY (${customerIds}) AND status = 'ACTIVE' AND expires_at > now() ORDER BY expires_at, id`;
    return rows.map(toHold);
  }

  async findWithShow(id: string): Promise<HoldOfShow | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<(HoldRow & HoldOfShow['show'] & { feePercentOff: number })[]>`
      SELECT hold.*, layout_id AS "layoutId", starts_at AS "startsAt", cancelled_at AS "cancelledAt", country,
        title_id AS "titleId", organisation_id AS "organisationId",
        coalesce((SELECT max(booking_fee_percent_off) FROM member_benefits WHERE customer_id = "customerId"), 0)
          AS "feePercentOff"
      FROM (SELECT ${HOLD_COLUMNS} FROM seat_holds WHERE city_code = ${cityCodeOf(id)} AND id = ${id}) AS hold
      JOIN shows ON shows.city_code = "cityCode" AND shows.id = "showId"`;
    if (!row) return null;
    const { layoutId, startsAt, cancelledAt, country, titleId, organisationId, feePercentOff, ...hold } = row;
    const show = { layoutId, startsAt, cancelledAt, country, titleId, organisationId };
    return { ...toHold(hold), show, feePercentOff };
  }

  async claim(claim: HoldClaim): Promise<SeatHold | null> {
    const claimNow = () => this.#contended.claim(claim, () => this.#claimAllOrNone(claim));
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#queue.run(claim.customerId, claimNow);
      if (typeof outcome === 'object') return outcome;
      const refusal = await refusalOf(this.#client, outcome, claim);
      if (refusal) throw refusal;
      if (attempt === MAX_CLAIM_ATTEMPTS) throw new SeatUnavailableError(claim.show.id, seatIdsOf(claim.seats));
    }
  }

  /** @returns the rule that the hold would break, or null when the show has changed; nothing is changed then */
  async #claimAllOrNone(claim: HoldClaim): Promise<SeatHold | HoldRule | null> {
    const statement = claimStatement(claim);
    try {
      const [row] = await this.#client.$queryRaw<HoldRow[]>(statement);
      return row ? toHold(row) : null;
    } catch (error) {
      const broken = HOLD_RULES.find((rule) => isCheckViolation(error, rule));
      if (broken === undefined) throw riskRefusalOf(error) ?? error;
      return broken;
    }
  }

  async release(id: string): Promise<SeatHold | null> {
    const cityCode = cityCodeOf(id) ?? '';
    const [row] = await this.#client.$queryRaw<HoldRow[]>`
      WITH released AS (
        UPDATE seat_holds SET status = 'RELEASED'
        WHERE city_code = ${cityCode} AND id = ${id} AND status = 'ACTIVE' AND expires_at > now()
        RETURNING *
      ), freed AS (
        DELETE FROM seat_claims AS claim USING released
        WHERE claim.city_code = ${cityCode} AND claim.show_id = released.show_id
          AND claim.hold_id = released.id AND claim.state = 'HELD'
        RETURNING ${FREED}
      ), changed AS (TABLE freed), ${emitSeatChanges(currentTraceparent(), { cityCode })},
      ${emitHoldEnded(currentTraceparent(), 'released')}
      SELECT ${HOLD_COLUMNS} FROM released`;
    return row ? toHold(row) : null;
  }
}

/**
 * Makes a hold in one statement, unless the show has changed since it was read: releases the customer's overlapping
 * holds when they give way, asks whether the customer may buy, counts the customer's seats and time, claims the seats, inserts the hold and the
 * idempotency key, and emits the seat changes.
 *
 * Locks are taken in one order, as in every statement here, so that two claims do not deadlock: holds, the customer, their
 * time, then seats in the order of their ids. Only the seats that a replaced hold frees are locked late; a deadlock over
 * those is retried.
 */
function claimStatement(claim: HoldClaim): Prisma.Sql {
  const {
    id,
    show,
    customerId,
    seats,
    subtotal,
    holdSeconds,
    maxSeats,
    maxUnpaidSeats,
    replacesOwn,
    offerTo,
    signedInAt,
  } = claim;
  const { caller, operation, key, requestHash } = claim.idempotency;
  const seatIds = seatIdsOf(seats);
  const isOffer = offerTo !== undefined;
  return Prisma.sql`
    WITH ${isOffer ? Prisma.sql`party AS (${partyOf(offerTo, show.cityCode)}),` : Prisma.empty} on_sale AS (
      SELECT FROM shows
      WHERE city_code = ${show.cityCode} AND id = ${show.id} AND show_version = ${show.version} AND cancelled_at IS NULL
        ${isOffer ? Prisma.sql`AND EXISTS (SELECT FROM party)` : Prisma.empty}
    ), replaced AS (
      UPDATE seat_holds SET status = 'RELEASED'
      WHERE EXISTS (SELECT FROM on_sale) AND ${replacesOwn} AND city_code = ${show.cityCode} AND customer_id = ${customerId} AND show_id = ${show.id}
        AND status::text = 'ACTIVE' AND seat_ids && ${seatIds}::text[]
      RETURNING id, seat_ids
    ), usage AS MATERIALIZED (
      SELECT usage.* FROM on_sale, (SELECT coalesce(array_agg(id), '{}') AS ids FROM replaced) AS giving_way,
        lock_seat_usage(${customerId}, ${show.cityCode}, ${show.id}, giving_way.ids) AS usage
      WHERE usage.in_show IS NOT NULL AND assert_may_buy(${customerId}, ${signedInAt}::timestamptz)
    ), budget AS (${spendOnHold(claim)}), term AS (
      SELECT least(now() + make_interval(secs => ${holdSeconds}::int), held_until) AS expires_at FROM budget
    ), claimed AS (${claimForHold(claim)}), freed AS (
      DELETE FROM seat_claims AS claim
      WHERE city_code = ${show.cityCode} AND show_id = ${show.id}
        AND seat_id = ANY (ARRAY (SELECT unnest(seat_ids) FROM replaced)) AND seat_id <> ALL (${seatIds}::text[])
        AND state = 'HELD' AND hold_id = ANY (ARRAY (SELECT id FROM replaced))
      RETURNING ${FREED}
    ), held AS (
      INSERT INTO seat_holds (city_code, id, show_id, customer_id, status, seats, seat_ids, subtotal, currency,
        expires_at, claimed_count, seat_allowance)
      SELECT ${show.cityCode}, ${id}, ${show.id}, ${customerId}, 'ACTIVE', ${JSON.stringify(seats)}::jsonb,
        ${seatIds}::text[], ${subtotal.amount}::bigint, ${subtotal.currency}, (SELECT expires_at FROM term),
        (SELECT count(*) FROM claimed), least(
          seats_allowed(${customerId}, ${maxSeats}::int) - in_show,
          seats_allowed(${customerId}, ${maxUnpaidSeats}::int) - unpaid)
      FROM usage
      RETURNING *
    ), keyed AS (
      INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
      SELECT ${caller}, ${operation}, ${key}, ${requestHash}, id FROM held
    ), ${isOffer ? Prisma.sql`${offerStatement(show.cityCode, currentTraceparent())},` : Prisma.empty} changed AS (
      SELECT *, 'HELD' AS status FROM claimed UNION ALL TABLE freed
    ), ${emitSeatChanges(currentTraceparent(), show)}
    SELECT ${HOLD_COLUMNS} FROM held`;
}
