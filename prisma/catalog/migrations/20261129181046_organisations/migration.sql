-- The organisation that accounts gave whoever could open venues.
ALTER TABLE "venues" ADD COLUMN     "organisation_id" TEXT;
UPDATE "venues" SET organisation_id = 'org_' || substr(owner_id, 5);
ALTER TABLE "venues" ALTER COLUMN "organisation_id" SET NOT NULL;

-- Events that are kept for consumers which have not received them.
UPDATE "outbox_events"
SET payload = jsonb_set(payload, '{venue,organisationId}', to_jsonb('org_' || substr(payload #>> '{venue,ownerId}', 5)))
WHERE type = 'catalog.shows-scheduled';
