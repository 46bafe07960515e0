-- AlterTable
ALTER TABLE "review_reports" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;
