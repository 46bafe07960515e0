-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "card_fingerprint" TEXT;
