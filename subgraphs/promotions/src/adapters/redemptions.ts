import { isCheckViolation, isUniqueViolation, retryOnConflict, sql, type SqlTransaction } from '@marquee/database';
import { type Money, toMoney } from '@marquee/money';

import { type Coupon, fundingOf, isLimited } from '../domain/coupon.ts';
import type { Redemptions, Reservation } from '../domain/ports.ts';
import { EXHAUSTED } from '../domain/rules/exhausted.ts';
import { FIRST_IN_USE } from '../domain/rules/first-booking.ts';
import { OTHER_COUPON } from '../domain/rules/other-coupon.ts';
import { USED_BY_CUSTOMER } from '../domain/rules/per-user-limit.ts';
import { UNPAID_BOOKING } from '../domain/rules/unpaid-booking.ts';
import type { Rejection } from '../domain/rules/index.ts';
import { EXPIRED } from '../domain/rules/window.ts';
import type { Sale } from '../domain/sale.ts';

/** How long a reservation waits for its booking, which booking's statement refuses to make later. */
const BOOK_WITHIN_SECONDS = 60;

/** Refusals of the database's check constraints. */
const LIMITS = [
  ['coupons_within_limit', EXHAUSTED],
  ['coupons_within_budget', EXHAUSTED],
  ['coupon_uses_within_limit', USED_BY_CUSTOMER],
] as const;

/** Refusals of its unique indexes. */
const ONE_AT_A_TIME = [
  ['coupon_redemptions_one_first', FIRST_IN_USE],
  ['coupon_redemptions_one_unpaid', UNPAID_BOOKING],
] as const;

interface ReservedRow {
  readonly amount: bigint;
  readonly currency: string;
  readonly bookBy: Date;
}

/**
 * Uses of coupons. A trigger counts each in the statement that makes it, and constraints refuse one too many. Those of a
 * coupon with a limit take turns on its row; those of one without meet nobody but its end.
 */
export class RedemptionRepository implements Redemptions {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  async reserve(coupon: Coupon, sale: Sale, discount: Money): Promise<Reservation | Rejection> {
    try {
      const row = await retryOnConflict(() => this.#insert(coupon, sale, discount));
      return row ? { ...termsOf(coupon), discount, bookBy: row.bookBy } : EXPIRED;
    } catch (error) {
      return this.#refusalOf(error, sale.holdId, coupon);
    }
  }

  async #insert(coupon: Coupon, sale: Sale, discount: Money): Promise<{ readonly bookBy: Date } | undefined> {
    const lock = isLimited(coupon) ? sql`FOR NO KEY UPDATE` : sql`FOR KEY SHARE`;
    const [row] = await this.#sql.$queryRaw<{ bookBy: Date }[]>`
      INSERT INTO coupon_redemptions (hold_id, coupon_id, customer_id, status, amount, currency, first_booking_only,
        reserved_at)
      SELECT ${sale.holdId}, id, ${sale.customerId}, 'RESERVED', ${discount.amount}::bigint, ${discount.currency},
        first_booking_only, clock_timestamp()
      FROM (SELECT * FROM coupons WHERE id = ${coupon.id} AND disabled_at IS NULL AND starts_at <= now()
        AND ends_at > now() ${lock}) AS coupon
      RETURNING reserved_at + make_interval(secs => ${BOOK_WITHIN_SECONDS}::int) AS "bookBy"`;
    return row;
  }

  async renew(holdId: string, coupon: Coupon): Promise<Reservation | null> {
    const [row] = await this.#sql.$queryRaw<ReservedRow[]>`
      UPDATE coupon_redemptions AS redemption SET reserved_at = clock_timestamp() FROM coupons
      WHERE hold_id = ${holdId} AND coupon_id = ${coupon.id} AND coupons.id = coupon_id AND status = 'RESERVED'
        AND booking_id IS NULL AND disabled_at IS NULL AND ends_at > now()
      RETURNING amount, redemption.currency, reserved_at + make_interval(secs => ${BOOK_WITHIN_SECONDS}::int) AS "bookBy"`;
    return row ? { ...termsOf(coupon), discount: toMoney(row.amount, row.currency), bookBy: row.bookBy } : null;
  }

  async #refusalOf(error: unknown, holdId: string, coupon: Coupon): Promise<Reservation | Rejection> {
    const [, limit] = LIMITS.find(([name]) => isCheckViolation(error, name)) ?? [];
    if (limit) return limit;
    const [, inUse] = ONE_AT_A_TIME.find(([name]) => isUniqueViolation(error, name)) ?? [];
    if (inUse) return inUse;
    if (isUniqueViolation(error, 'coupon_redemptions_pkey')) return (await this.renew(holdId, coupon)) ?? OTHER_COUPON;
    throw error;
  }
}

/** The terms that booking keeps with the coupon. */
const termsOf = (coupon: Coupon) => {
  const { id: couponId, code, minimumSpend, titleIds } = coupon;
  return { couponId, code, minimumSpend, titleIds, fundedBy: fundingOf(coupon) };
};
