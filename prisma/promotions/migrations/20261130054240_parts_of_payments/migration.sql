-- AlterTable
ALTER TABLE "referrals"
ADD COLUMN     "paid_by" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "paid_needed" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "payments_left" JSONB NOT NULL DEFAULT '{}';

-- Each payment of a visit of before may have paid all of it; what was given back whole has nothing left.
UPDATE referrals SET
  paid_by = coalesce((SELECT jsonb_object_agg(id, greatest(paid, 1)) FROM unnest(payment_ids) AS id), '{}'),
  payments_left = coalesce((SELECT jsonb_object_agg(id, 0) FROM unnest(refunded_payment_ids) AS id), '{}')
WHERE payment_ids <> '{}' OR refunded_payment_ids <> '{}';

-- AlterTable
ALTER TABLE "referrals" DROP COLUMN "payment_ids",
DROP COLUMN "refunded_payment_ids";
