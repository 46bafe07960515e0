-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "message" JSONB,
ALTER COLUMN "title" DROP NOT NULL,
ALTER COLUMN "body" DROP NOT NULL;
