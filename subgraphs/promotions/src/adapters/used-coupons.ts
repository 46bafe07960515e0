import { sql, type SqlTransaction } from '@marquee/database';

import type { UseStep } from '../domain/use-course.ts';

/** The course of uses of coupons once they are reserved, in a transaction: a few statements, however many uses. */
export class UsedCouponRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  /**
   * Takes the steps of uses, and emits an event of each that was redeemed or returned. A step depends on the status, so one
   * that comes late or twice changes nothing.
   *
   * @throws when a coupon was not reserved: a booking that has one is for people to look at, so its event becomes a dead letter
   */
  async take(steps: readonly UseStep[]): Promise<void> {
    if (steps.length === 0) return;
    const known = new Set(await this.lock(steps.map(({ holdId }) => holdId)));
    const lost = steps.filter(({ holdId }) => !known.has(holdId));
    if (lost.length > 0) throw new Error(`No coupon was reserved for ${lost.map(({ holdId }) => holdId).join(', ')}`);
    await this.#tx.$executeRaw(stepStatement(steps));
  }

  /**
   * Locks the limited coupons of holds by their ids. A reservation locks its coupon first too, so whatever changes uses of
   * several coupons does so before it touches a use: then no two wait for each other.
   *
   * @returns the holds that have a use
   */
  async lock(holdIds: readonly string[]): Promise<string[]> {
    const uses = await this.#tx.$queryRaw<{ holdId: string }[]>`
      WITH uses AS (SELECT hold_id, coupon_id FROM coupon_redemptions WHERE hold_id = ANY (${holdIds}::text[])),
      locked AS (
        SELECT id FROM coupons
        WHERE id IN (SELECT coupon_id FROM uses) AND coalesce(redemption_limit, budget) IS NOT NULL
        ORDER BY id FOR NO KEY UPDATE
      )
      SELECT hold_id AS "holdId", (SELECT count(*) FROM locked) FROM uses`;
    return uses.map(({ holdId }) => holdId);
  }
}

const stepStatement = (steps: readonly UseStep[]) => sql`
  WITH step AS (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
      AS step ("holdId" text, "bookingId" text, redeemed boolean, returned boolean, traceparent text)
  ), before AS (
    SELECT hold_id, status AS was FROM coupon_redemptions WHERE hold_id IN (SELECT "holdId" FROM step)
    ORDER BY hold_id FOR NO KEY UPDATE
  ), due AS (
    SELECT step.*, was, redeemed AND was = 'RESERVED' AS redeems, returned AND was <> 'RETURNED' AS returns
    FROM step JOIN before ON hold_id = "holdId"
  ), changed AS (
    UPDATE coupon_redemptions AS use SET booking_id = "bookingId",
      status = CASE WHEN returns THEN 'RETURNED' WHEN redeems THEN 'REDEEMED' ELSE was END,
      redeemed_at = CASE WHEN redeems THEN now() ELSE redeemed_at END,
      returned_at = CASE WHEN returns THEN now() ELSE returned_at END
    FROM due WHERE hold_id = "holdId" AND (redeems OR returns OR booking_id IS NULL)
    RETURNING coupon_id, booking_id, customer_id, amount, currency, redeems, returns, traceparent
  )
  INSERT INTO outbox_events (id, type, key, payload, traceparent)
  SELECT gen_random_uuid(), event.type, coupon_id, jsonb_build_object('couponId', coupon_id, 'bookingId', booking_id,
    'customerId', customer_id, 'discount', jsonb_build_object('amount', amount, 'currency', currency)), traceparent
  FROM changed, LATERAL (VALUES
    (1, 'promotions.coupon-redeemed', redeems), (2, 'promotions.coupon-returned', returns)) AS event (position, type, happens)
  WHERE happens ORDER BY booking_id, position`;
