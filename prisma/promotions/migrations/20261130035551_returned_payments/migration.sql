-- AlterTable
ALTER TABLE "referrals" DROP COLUMN "refunded",
ADD COLUMN     "refunded_payment_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];
