import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { audited, outboxInsert } from '@marquee/events';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Coupon } from '../domain/coupon.ts';
import type { CouponPage, Coupons, NewCoupon, OfferedCoupon } from '../domain/ports.ts';
import { COUPON_COLUMNS, couponInsert, type CouponRow, toCoupon } from './coupon-row.ts';

const IS_ACTIVE = sql`disabled_at IS NULL AND starts_at <= now() AND ends_at > now()
  AND (redemption_limit IS NULL OR reserved_count + redeemed_count < redemption_limit)
  AND (budget IS NULL OR reserved_amount + redeemed_amount + coalesce(amount_off, 1) <= budget)`;

/** Coupons. Their time is judged by the database's clock. */
export class CouponRepository implements Coupons {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  async find(id: string): Promise<Coupon | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#sql.$queryRaw<CouponRow[]>`SELECT ${COUPON_COLUMNS} FROM coupons WHERE id = ${id}`;
    return row ? toCoupon(row) : null;
  }

  async findOffered(code: string, customerId: string): Promise<OfferedCoupon | null> {
    const [row] = await this.#sql.$queryRaw<(CouponRow & { used: number })[]>`
      SELECT ${COUPON_COLUMNS}, coalesce(used, 0) AS used FROM coupons
      LEFT JOIN coupon_uses ON coupon_id = coupons.id AND customer_id = ${customerId}
      WHERE code = ${code}`;
    if (!row) return null;
    const { used, ...coupon } = row;
    return { coupon: toCoupon(coupon), usedByCustomer: used };
  }

  async add(coupon: NewCoupon): Promise<Coupon | null> {
    const { id, createdBy, organisationId } = coupon;
    const action = { ...ofCoupon(id, createdBy), action: 'coupon.created', detail: organisationId };
    const [row] = await this.#sql.$queryRaw<CouponRow[]>`
      WITH coupons AS (${couponInsert(coupon)} RETURNING *),
        logged AS (${outboxInsert([audited('promotions', action)], sql`coupons`)})
      SELECT ${COUPON_COLUMNS} FROM coupons`;
    return row ? toCoupon(row) : null;
  }

  async page({ limit, after, activeOnly, organisationIds }: CouponPage): Promise<Coupon[]> {
    const conditions: Sql[] = [sql`true`];
    if (after) conditions.push(sql`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`);
    if (activeOnly) conditions.push(IS_ACTIVE);
    if (organisationIds) conditions.push(sql`organisation_id = ANY (${[...organisationIds]}::text[])`);
    const where = conditions.reduce((all, condition) => sql`${all} AND ${condition}`);
    const rows = await this.#sql.$queryRaw<CouponRow[]>`
      SELECT ${COUPON_COLUMNS} FROM coupons WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toCoupon);
  }

  async disable(id: string, by: string): Promise<Coupon | null> {
    const action = { ...ofCoupon(id, by), action: 'coupon.disabled', detail: null };
    const [row] = await this.#sql.$queryRaw<CouponRow[]>`
      WITH before AS (SELECT id, disabled_at FROM coupons WHERE id = ${id} AND ends_at > now() FOR UPDATE),
      newly AS (SELECT FROM before WHERE disabled_at IS NULL), ended AS (
        UPDATE coupons SET disabled_at = coalesce(coupons.disabled_at, now()), disabled_by = coalesce(disabled_by, ${by})
        FROM before WHERE coupons.id = before.id RETURNING coupons.*
      ), logged AS (${outboxInsert([audited('promotions', action)], sql`newly`)})
      SELECT ${COUPON_COLUMNS} FROM ended AS coupons`;
    return row ? toCoupon(row) : null;
  }
}

/** The entry of the audit log about a coupon. */
const ofCoupon = (subjectId: string, actorId: string) => ({ actorId, subjectType: 'Coupon', subjectId });
