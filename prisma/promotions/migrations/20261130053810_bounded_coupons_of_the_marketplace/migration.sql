-- AlterTable
ALTER TABLE "coupons" ADD COLUMN     "maximum_discount" BIGINT;

-- What follows Prisma cannot express.

ALTER TABLE coupons
  DROP CONSTRAINT coupons_amounts_have_a_currency,
  ADD CONSTRAINT coupons_amounts_have_a_currency CHECK (
    currency IS NOT NULL OR coalesce(amount_off, maximum_discount, minimum_spend, budget) IS NULL
  ),
  ADD CONSTRAINT coupons_maximum_of_a_share CHECK (
    maximum_discount IS NULL OR (maximum_discount > 0 AND kind = 'PERCENT')
  );

-- What the marketplace pays for is bounded. Coupons of before can be used a thousand times more.
UPDATE coupons SET redemption_limit = 1000 + reserved_count + redeemed_count + (
  SELECT coalesce(sum(greatest(reserved, 0) + greatest(redeemed, 0)), 0) FROM coupon_count_changes
  WHERE coupon_id = coupons.id)
WHERE organisation_id IS NULL AND redemption_limit IS NULL AND budget IS NULL;
ALTER TABLE coupons ADD CONSTRAINT coupons_of_the_marketplace_are_bounded
  CHECK (organisation_id IS NOT NULL OR redemption_limit IS NOT NULL OR budget IS NOT NULL);
