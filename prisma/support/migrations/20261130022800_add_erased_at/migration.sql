-- AlterTable
ALTER TABLE "support_tickets" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);
