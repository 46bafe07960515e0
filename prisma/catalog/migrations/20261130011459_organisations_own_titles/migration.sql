-- The organisation of whoever added a title: that of their venues, or the one that accounts gave whoever could open venues.
ALTER TABLE "titles" ADD COLUMN     "organisation_id" TEXT;
UPDATE "titles" SET organisation_id = coalesce(
  (SELECT organisation_id FROM "venues" WHERE owner_id = created_by ORDER BY "venues".created_at LIMIT 1),
  'org_' || substr(created_by, 5));
ALTER TABLE "titles" ALTER COLUMN "organisation_id" SET NOT NULL,
DROP COLUMN "created_by";

-- DropIndex
DROP INDEX "venues_owner_id_name_id_idx";

-- AlterTable
ALTER TABLE "venues" DROP COLUMN "owner_id";

-- CreateIndex
CREATE INDEX "venues_organisation_id_name_id_idx" ON "venues"("organisation_id", "name", "id");
