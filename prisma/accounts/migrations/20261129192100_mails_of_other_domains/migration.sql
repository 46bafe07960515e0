-- AlterTable
ALTER TABLE "outgoing_mails" ADD COLUMN     "about" TEXT;
