import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';

import type { FollowedHold, OpenReservation } from '../domain/ports.ts';

/** Reservations are looked at after so long: a minute after the last moment at which a booking could follow. */
const OPEN_SECONDS = 120;
const BATCH = 500;

/**
 * The course of uses of coupons once they are reserved. Each change depends on the status, so an event that comes late or
 * twice changes nothing.
 */
export class UsedCouponRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** Notes that a booking has followed. */
  async follow({ holdId, bookingId }: FollowedHold): Promise<void> {
    const followed = await this.#sql.$executeRaw`
      UPDATE coupon_redemptions SET booking_id = ${bookingId} WHERE hold_id = ${holdId} AND booking_id IS NULL`;
    if (followed === 0) await this.#requireHold(holdId);
  }

  /** The booking is paid. */
  async redeem({ holdId, bookingId }: FollowedHold): Promise<void> {
    const redeemed = await this.#sql.$executeRaw(
      changeStatement(
        'promotions.coupon-redeemed',
        sql`UPDATE coupon_redemptions SET status = 'REDEEMED', redeemed_at = now(), booking_id = ${bookingId}
          WHERE hold_id = ${holdId} AND status = 'RESERVED' RETURNING *`,
      ),
    );
    if (redeemed === 0) await this.#requireHold(holdId);
  }

  /** The booking has ended: somebody else, or the customer, can use the coupon. */
  async giveBack({ holdId, bookingId }: FollowedHold): Promise<void> {
    const returned = await this.#sql.$executeRaw(
      changeStatement(
        'promotions.coupon-returned',
        sql`UPDATE coupon_redemptions SET status = 'RETURNED', returned_at = now(), booking_id = ${bookingId}
          WHERE hold_id = ${holdId} AND status <> 'RETURNED' RETURNING *`,
      ),
    );
    if (returned === 0) await this.#requireHold(holdId);
  }

  /** Reservations that no booking is known to have followed in time, the oldest first. */
  async open(): Promise<OpenReservation[]> {
    return this.#sql.$queryRaw<OpenReservation[]>`
      SELECT hold_id AS "holdId", reserved_at::text AS "reservedAt" FROM coupon_redemptions
      WHERE status = 'RESERVED' AND booking_id IS NULL
        AND reserved_at <= now() - make_interval(secs => ${OPEN_SECONDS}::int)
      ORDER BY reserved_at LIMIT ${BATCH}`;
  }

  /** Forgets reservations that no booking followed, unless they were renewed since. */
  async release(reservations: readonly OpenReservation[]): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM coupon_redemptions USING jsonb_to_recordset(${JSON.stringify(reservations)}::jsonb)
        AS open ("holdId" text, "reservedAt" timestamptz)
      WHERE hold_id = open."holdId" AND reserved_at = open."reservedAt" AND status = 'RESERVED' AND booking_id IS NULL`;
  }

  async countOpen(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM coupon_redemptions WHERE status = 'RESERVED' AND booking_id IS NULL
        AND reserved_at <= now() - make_interval(secs => ${2 * OPEN_SECONDS}::int)`;
    return row?.open ?? 0;
  }

  /** A booking with a coupon that was not reserved is for people to look at: its event becomes a dead letter. */
  async #requireHold(holdId: string): Promise<void> {
    const found = await this.#sql.$queryRaw<object[]>`SELECT FROM coupon_redemptions WHERE hold_id = ${holdId}`;
    if (found.length === 0) throw new Error(`No coupon was reserved for ${holdId}`);
  }
}

/** Changes uses and emits an event of each. */
function changeStatement(type: string, changed: Sql): Sql {
  return sql`
    WITH changed AS (${changed})
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), ${type}, coupon_id, jsonb_build_object('couponId', coupon_id, 'bookingId', booking_id,
      'customerId', customer_id, 'discount', jsonb_build_object('amount', amount, 'currency', currency)),
      ${currentTraceparent()}
    FROM changed`;
}
