-- AlterTable
ALTER TABLE "payable_shows" ADD COLUMN     "settlements" INTEGER NOT NULL DEFAULT 0;

-- What is pending for an organisation.
CREATE INDEX payable_shows_of_organisation ON payable_shows (organisation_id, ends_at) WHERE settled_at IS NULL;
