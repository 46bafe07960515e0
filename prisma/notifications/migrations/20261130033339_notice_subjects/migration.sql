-- AlterTable
ALTER TABLE "mail_notices" ADD COLUMN     "about" JSONB;

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "about" JSONB;

-- AlterTable
ALTER TABLE "push_deliveries" ADD COLUMN     "about" JSONB;
