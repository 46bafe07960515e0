-- AlterTable
ALTER TABLE "shows" ALTER COLUMN "price_from" SET DATA TYPE BIGINT;
