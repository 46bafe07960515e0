import { type Sql, sql, type SqlTransaction } from '@marquee/database';

interface Check {
  readonly rule: string;
  /** Selects what breaks it. */
  readonly broken: Sql;
}

const CHECKS: readonly Check[] = [
  {
    rule: 'the counts of a coupon, with the changes that wait, are those of its uses',
    broken: sql`
      SELECT code AS what, concat_ws(', ', used.reserved || ' reserved', used.redeemed || ' redeemed', used.off || ' off') AS expected,
        concat_ws(', ', counted.reserved || ' reserved', counted.redeemed || ' redeemed', counted.off || ' off') AS found
      FROM coupons, LATERAL (
        SELECT reserved_count + coalesce(sum(reserved), 0) AS reserved, redeemed_count + coalesce(sum(redeemed), 0) AS redeemed,
          coupons.reserved_amount + coupons.redeemed_amount
            + coalesce(sum(waiting.reserved_amount + waiting.redeemed_amount), 0) AS off
        FROM coupon_count_changes AS waiting WHERE coupon_id = coupons.id
      ) AS counted, LATERAL (
        SELECT count(*) FILTER (WHERE status = 'RESERVED') AS reserved, count(*) FILTER (WHERE status = 'REDEEMED') AS redeemed,
          coalesce(sum(amount) FILTER (WHERE status <> 'RETURNED'), 0) AS off
        FROM coupon_redemptions WHERE coupon_id = coupons.id
      ) AS used
      WHERE (counted.reserved, counted.redeemed, counted.off) <> (used.reserved, used.redeemed, used.off)`,
  },
  {
    rule: 'a customer has used a coupon with a limit for each as often as there are uses',
    broken: sql`
      SELECT coalesce(uses.coupon_id, counted.coupon_id) || ' of ' || coalesce(uses.customer_id, counted.customer_id) AS what,
        coalesce(counted.used, 0)::text AS expected, coalesce(uses.used, 0)::text AS found
      FROM coupon_uses AS uses FULL JOIN (SELECT coupon_id, customer_id, count(*)::int AS used
        FROM coupon_redemptions LEFT JOIN coupons ON coupons.id = coupon_id
        WHERE status <> 'RETURNED' AND (coupons.per_user_limit IS NOT NULL OR coupons.id IS NULL) GROUP BY coupon_id, customer_id) AS counted
        USING (coupon_id, customer_id)
      WHERE coalesce(uses.used, 0) <> coalesce(counted.used, 0)`,
  },
  {
    rule: 'no limit of a coupon is exceeded',
    broken: sql`
      SELECT code AS what, concat_ws(', ', redemption_limit || ' uses', budget || ' off') AS expected,
        concat_ws(', ', reserved_count + redeemed_count || ' uses', reserved_amount + redeemed_amount || ' off') AS found
      FROM coupons WHERE reserved_count + redeemed_count > redemption_limit
        OR reserved_amount + redeemed_amount > budget
      UNION ALL
      SELECT coupon_id || ' of ' || customer_id, per_user_limit::text, used::text FROM coupon_uses
      WHERE used > per_user_limit`,
  },
  {
    rule: 'a referral has its two rewards once it is rewarded, and keeps none that were taken back',
    broken: sql`
      SELECT referral.invitee_id AS what, CASE WHEN status = 'REWARDED' THEN '2' ELSE '0' END AS expected,
        count(reward.*) FILTER (WHERE reversed_at IS NULL)::text AS found
      FROM referrals AS referral LEFT JOIN referral_rewards AS reward USING (invitee_id)
      GROUP BY referral.invitee_id
      HAVING count(reward.*) FILTER (WHERE reversed_at IS NULL) <> CASE WHEN status = 'REWARDED' THEN 2 ELSE 0 END`,
  },
];

/** Recounts coupons and referrals; yields a line for each that differs. @returns the number of uses */
export async function* auditCoupons(client: Pick<SqlTransaction, '$queryRaw'>): AsyncGenerator<string, number> {
  for (const { rule, broken } of CHECKS) {
    const findings = await client.$queryRaw<{ what: string; expected: string; found: string }[]>`
      SELECT * FROM (${broken}) AS broken ORDER BY what LIMIT 100`;
    for (const { what, expected, found } of findings) yield `${rule}: ${what} has ${found}, not ${expected}`;
  }
  const [row] = await client.$queryRaw<{ uses: number }[]>`SELECT count(*)::int AS uses FROM coupon_redemptions`;
  return row?.uses ?? 0;
}
