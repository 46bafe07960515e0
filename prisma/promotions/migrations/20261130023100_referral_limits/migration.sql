-- AlterTable
ALTER TABLE "referrals" ADD COLUMN     "organisation_id" TEXT,
ADD COLUMN     "paid_currency" CHAR(3),
ADD COLUMN     "payment_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "reward_periods" (
    "referrer_id" TEXT NOT NULL,
    "period" INTEGER NOT NULL,
    "rewarded" INTEGER NOT NULL,

    CONSTRAINT "reward_periods_pkey" PRIMARY KEY ("referrer_id","period")
);

-- What follows Prisma cannot express.

-- Inviting is no trade: a person is rewarded for so many people in a period of 30 days.
ALTER TABLE reward_periods ADD CONSTRAINT reward_periods_within_limit CHECK (rewarded <= 10);
