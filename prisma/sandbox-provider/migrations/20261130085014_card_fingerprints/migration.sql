-- AlterTable
ALTER TABLE "charges" ADD COLUMN     "card_fingerprint" TEXT;
