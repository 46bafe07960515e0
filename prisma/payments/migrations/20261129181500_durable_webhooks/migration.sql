-- AlterTable
ALTER TABLE "provider_events" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "handled_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_error" TEXT,
ADD COLUMN     "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Until now an event was stored in the transaction that handled it.
UPDATE provider_events SET handled_at = received_at;

CREATE INDEX provider_events_to_handle ON provider_events (provider, next_try_at) WHERE handled_at IS NULL;
