-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "requested_by" TEXT;
