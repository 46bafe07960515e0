-- AlterTable
ALTER TABLE "cities" ADD COLUMN     "region" TEXT;
