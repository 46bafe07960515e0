-- CreateEnum
CREATE TYPE "payment_dispute_status" AS ENUM ('OPEN', 'WON', 'LOST');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "journal_entry_kind" ADD VALUE 'DISPUTE_OPENED';
ALTER TYPE "journal_entry_kind" ADD VALUE 'DISPUTE_WON';
ALTER TYPE "journal_entry_kind" ADD VALUE 'DISPUTE_LOST';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ledger_account_kind" ADD VALUE 'DISPUTED';
ALTER TYPE "ledger_account_kind" ADD VALUE 'DISPUTE_COSTS';

-- AlterTable
ALTER TABLE "journal_entries" ADD COLUMN     "dispute_id" TEXT;

-- CreateTable
CREATE TABLE "payment_disputes" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "fee" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "payment_dispute_status" NOT NULL,
    "reserved" BIGINT NOT NULL,
    "parts" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_disputes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payment_disputes_payment_id_idx" ON "payment_disputes"("payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_disputes_once" ON "payment_disputes"("provider", "provider_ref");

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "payment_disputes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_disputes" ADD CONSTRAINT "payment_disputes_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

ALTER TABLE payment_disputes ADD CONSTRAINT payment_disputes_amounts
  CHECK (amount > 0 AND fee >= 0 AND reserved BETWEEN 0 AND amount AND (closed_at IS NULL) = (status = 'OPEN'));

-- A dispute is decided once, and each step of it is posted once.
CREATE FUNCTION refuse_dispute_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'OPEN' THEN
    RAISE EXCEPTION 'dispute % is % for good', OLD.id, OLD.status;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_disputes_refuse_rewrite BEFORE UPDATE ON payment_disputes
  FOR EACH ROW EXECUTE FUNCTION refuse_dispute_rewrite();
CREATE UNIQUE INDEX journal_entries_once_a_dispute ON journal_entries (dispute_id, kind) WHERE dispute_id IS NOT NULL;
ALTER TABLE journal_entries
  DROP CONSTRAINT journal_entries_about_something,
  ADD CONSTRAINT journal_entries_about_something CHECK (
    payment_id IS NOT NULL OR payout_id IS NOT NULL OR organisation_id IS NOT NULL OR review_id IS NOT NULL
    OR reward_id IS NOT NULL OR dispute_id IS NOT NULL
  );
