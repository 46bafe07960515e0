-- DropIndex
DROP INDEX "outgoing_mails_due_at_idx";

-- AlterTable
ALTER TABLE "outgoing_mails" ADD COLUMN     "lane" TEXT NOT NULL DEFAULT 'TRANSACTIONAL';

-- CreateIndex
CREATE INDEX "outgoing_mails_lane_due_at_idx" ON "outgoing_mails"("lane", "due_at");
