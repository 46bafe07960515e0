-- CreateTable
CREATE TABLE "suspended_people" (
    "user_id" TEXT NOT NULL,
    "suspended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suspended_people_pkey" PRIMARY KEY ("user_id")
);

-- What follows Prisma cannot express.

-- A customer has one unpaid booking with a coupon, so that nobody uses it up without paying.
CREATE UNIQUE INDEX coupon_redemptions_one_unpaid ON coupon_redemptions (coupon_id, customer_id)
  WHERE status = 'RESERVED';

-- A use takes something off. Rows of before may take nothing.
ALTER TABLE coupon_redemptions
  DROP CONSTRAINT coupon_redemptions_amount,
  ADD CONSTRAINT coupon_redemptions_amount CHECK (amount > 0) NOT VALID;
