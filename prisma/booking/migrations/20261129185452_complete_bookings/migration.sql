-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "completed_at" TIMESTAMPTZ(3);

-- The shows whose bookings have to be completed.
CREATE INDEX "shows_to_complete" ON "shows" ("ends_at") WHERE "completed_at" IS NULL;
