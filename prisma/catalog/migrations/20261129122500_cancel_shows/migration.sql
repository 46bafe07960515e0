-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "cancellation_reason" TEXT;
