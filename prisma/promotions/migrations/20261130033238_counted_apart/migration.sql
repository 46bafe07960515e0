-- A customer's uses are counted where they are limited.
DELETE FROM "coupon_uses" WHERE "per_user_limit" IS NULL;

-- AlterTable
ALTER TABLE "coupon_uses" ALTER COLUMN "per_user_limit" SET NOT NULL;

-- CreateTable
CREATE TABLE "coupon_count_changes" (
    "seq" BIGSERIAL NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "reserved" INTEGER NOT NULL,
    "redeemed" INTEGER NOT NULL,
    "reserved_amount" BIGINT NOT NULL,
    "redeemed_amount" BIGINT NOT NULL,

    CONSTRAINT "coupon_count_changes_pkey" PRIMARY KEY ("seq")
);

-- What follows Prisma cannot express.

DROP TRIGGER coupon_redemptions_are_counted ON coupon_redemptions;
DROP FUNCTION count_redemption();

CREATE TYPE counted_use AS (
  coupon_id text, customer_id text, status redemption_status, amount bigint, sign int
);

-- Counts uses in the statement that makes, redeems, returns or deletes them, all at once. Only limits need the coupon's row
-- at that moment: of a coupon without any, changes are kept in rows of their own, which a job adds up.
CREATE FUNCTION count_redemptions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changes counted_use[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    changes := ARRAY(SELECT (coupon_id, customer_id, status, amount, 1)::counted_use FROM new_uses);
  ELSIF TG_OP = 'DELETE' THEN
    changes := ARRAY(SELECT (coupon_id, customer_id, status, amount, -1)::counted_use FROM old_uses);
  ELSE
    changes := ARRAY(
      SELECT (o.coupon_id, o.customer_id, change.status, o.amount, change.sign)::counted_use
      FROM old_uses AS o JOIN new_uses AS n USING (hold_id), LATERAL (VALUES (o.status, -1), (n.status, 1)) AS change (status, sign)
      WHERE o.status <> n.status
    );
  END IF;
  IF cardinality(changes) = 0 THEN
    RETURN NULL;
  END IF;
  WITH counted AS (
    SELECT coupon_id,
      coalesce(sum(sign) FILTER (WHERE status = 'RESERVED'), 0)::int AS reserved,
      coalesce(sum(sign) FILTER (WHERE status = 'REDEEMED'), 0)::int AS redeemed,
      coalesce(sum(sign * amount) FILTER (WHERE status = 'RESERVED'), 0)::bigint AS reserved_amount,
      coalesce(sum(sign * amount) FILTER (WHERE status = 'REDEEMED'), 0)::bigint AS redeemed_amount
    FROM unnest(changes) GROUP BY coupon_id
  ), limited AS (
    UPDATE coupons SET reserved_count = reserved_count + counted.reserved,
      redeemed_count = redeemed_count + counted.redeemed,
      reserved_amount = coupons.reserved_amount + counted.reserved_amount,
      redeemed_amount = coupons.redeemed_amount + counted.redeemed_amount
    FROM counted WHERE id = counted.coupon_id AND coalesce(redemption_limit, budget) IS NOT NULL
    RETURNING id
  )
  INSERT INTO coupon_count_changes (coupon_id, reserved, redeemed, reserved_amount, redeemed_amount)
  SELECT * FROM counted WHERE coupon_id NOT IN (SELECT id FROM limited);
  INSERT INTO coupon_uses AS uses (coupon_id, customer_id, used, per_user_limit)
  SELECT coupon_id, customer_id, sum(sign), coupons.per_user_limit
  FROM unnest(changes) JOIN coupons ON coupons.id = coupon_id
  WHERE status <> 'RETURNED' AND coupons.per_user_limit IS NOT NULL
  GROUP BY coupon_id, customer_id, coupons.per_user_limit HAVING sum(sign) <> 0
  ORDER BY coupon_id, customer_id
  ON CONFLICT (coupon_id, customer_id) DO UPDATE SET used = uses.used + excluded.used;
  RETURN NULL;
END $$;

-- Transition tables are for one kind of statement each.
CREATE TRIGGER coupon_redemptions_are_counted AFTER INSERT ON coupon_redemptions
  REFERENCING NEW TABLE AS new_uses FOR EACH STATEMENT EXECUTE FUNCTION count_redemptions();
CREATE TRIGGER coupon_redemptions_are_recounted AFTER UPDATE ON coupon_redemptions
  REFERENCING OLD TABLE AS old_uses NEW TABLE AS new_uses FOR EACH STATEMENT EXECUTE FUNCTION count_redemptions();
CREATE TRIGGER coupon_redemptions_are_uncounted AFTER DELETE ON coupon_redemptions
  REFERENCING OLD TABLE AS old_uses FOR EACH STATEMENT EXECUTE FUNCTION count_redemptions();
