-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "off_session" BOOLEAN NOT NULL DEFAULT false;
