-- AlterTable
ALTER TABLE "payable_bookings" ALTER COLUMN "amount" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "payments" ALTER COLUMN "amount" SET DATA TYPE BIGINT,
ALTER COLUMN "refunded_amount" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "postings" ALTER COLUMN "amount" SET DATA TYPE BIGINT,
ALTER COLUMN "balance_after" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "refunds" ALTER COLUMN "amount" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "wallet_balances" ALTER COLUMN "amount" SET DATA TYPE BIGINT;
