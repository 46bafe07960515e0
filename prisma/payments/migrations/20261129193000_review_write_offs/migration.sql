-- AlterEnum
ALTER TYPE "payment_review_kind" ADD VALUE 'REFUND_EXCEEDS_PAYMENT';

-- AlterEnum
ALTER TYPE "payment_review_outcome" ADD VALUE 'WRITE_OFF';

-- AlterTable
ALTER TABLE "journal_entries" ADD COLUMN     "review_id" TEXT;

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "payment_reviews"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- A difference is written off once.
CREATE UNIQUE INDEX journal_entries_one_per_review ON journal_entries (review_id) WHERE review_id IS NOT NULL;
ALTER TABLE journal_entries
  DROP CONSTRAINT journal_entries_about_something,
  ADD CONSTRAINT journal_entries_about_something CHECK (
    payment_id IS NOT NULL OR payout_id IS NOT NULL OR organisation_id IS NOT NULL OR review_id IS NOT NULL
  );
