import type { SqlTransaction } from '@marquee/database';

/** The changes that one run adds up: a minute of a few hundred sales a second. */
const BATCH = 20_000;

/** Counts of coupons without a limit: each use keeps a change of them, and these are added up beside the sale. */
export class CouponCountRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** Adds changes to their coupons, in one statement. Those that another process is adding are its own. */
  async addUp(): Promise<void> {
    await this.#sql.$executeRaw`
      WITH taken AS (
        DELETE FROM coupon_count_changes WHERE seq = ANY (ARRAY (
          SELECT seq FROM coupon_count_changes ORDER BY seq LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED))
        RETURNING *
      ), changed AS (
        SELECT coupon_id, sum(reserved) AS reserved, sum(redeemed) AS redeemed, sum(reserved_amount) AS reserved_amount,
          sum(redeemed_amount) AS redeemed_amount
        FROM taken GROUP BY coupon_id
      ), locked AS (
        SELECT id FROM coupons WHERE id IN (SELECT coupon_id FROM changed) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE coupons SET reserved_count = reserved_count + changed.reserved,
        redeemed_count = redeemed_count + changed.redeemed,
        reserved_amount = coupons.reserved_amount + changed.reserved_amount,
        redeemed_amount = coupons.redeemed_amount + changed.redeemed_amount
      FROM changed JOIN locked ON locked.id = coupon_id WHERE coupons.id = locked.id`;
  }

  /** The changes that wait. */
  async count(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM coupon_count_changes`;
    return row?.waiting ?? 0;
  }
}
