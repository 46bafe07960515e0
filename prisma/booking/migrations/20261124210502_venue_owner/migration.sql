-- Whose venue a show scheduled before takes place in is not known here: only analysts see what it sold.
ALTER TABLE "shows" ADD COLUMN "venue_owner_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "shows" ALTER COLUMN "venue_owner_id" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "shows_venue_id_starts_at_idx" ON "shows"("venue_id", "starts_at");

-- CreateIndex
CREATE INDEX "shows_venue_owner_id_starts_at_idx" ON "shows"("venue_owner_id", "starts_at");
