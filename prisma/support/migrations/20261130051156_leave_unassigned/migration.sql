-- AlterTable
ALTER TABLE "support_tickets" ADD COLUMN     "left_unassigned" BOOLEAN NOT NULL DEFAULT false;
