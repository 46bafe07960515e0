-- AlterEnum
ALTER TYPE "journal_entry_kind" ADD VALUE 'DISPUTE_COLLECTED';

-- AlterEnum
ALTER TYPE "ledger_account_kind" ADD VALUE 'DISPUTE_HELD';

-- AlterTable
ALTER TABLE "payment_disputes" ADD COLUMN     "claimed" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "customer_id" TEXT,
ADD COLUMN     "held" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "owed" BIGINT NOT NULL DEFAULT 0;
