-- The organisation that catalog gave the venues of this owner.
ALTER TABLE "shows" ADD COLUMN     "organisation_id" TEXT;
UPDATE "shows" SET organisation_id = 'org_' || substr(venue_owner_id, 5);
ALTER TABLE "shows" ALTER COLUMN "organisation_id" SET NOT NULL;
