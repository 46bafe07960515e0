-- DropIndex
DROP INDEX "shows_venue_owner_id_starts_at_idx";

-- AlterTable
ALTER TABLE "shows" DROP COLUMN "venue_owner_id";

-- CreateIndex
CREATE INDEX "shows_organisation_id_starts_at_idx" ON "shows"("organisation_id", "starts_at");
