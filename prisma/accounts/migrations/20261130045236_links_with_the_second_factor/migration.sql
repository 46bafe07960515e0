-- AlterTable
ALTER TABLE "second_factor_challenges" ADD COLUMN     "link_provider" TEXT,
ADD COLUMN     "link_subject" TEXT;
