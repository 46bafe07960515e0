-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "inboxes" (
    "user_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "inboxes_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "notifications_user_id_version_idx" ON "notifications"("user_id", "version");
