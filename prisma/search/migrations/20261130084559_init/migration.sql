CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS cube;
CREATE EXTENSION IF NOT EXISTS earthdistance;

-- CreateEnum
CREATE TYPE "SlotState" AS ENUM ('SERVING', 'BUILDING', 'IDLE');

-- CreateEnum
CREATE TYPE "DocumentKind" AS ENUM ('MOVIE', 'LIVE_EVENT', 'VENUE');

-- CreateTable
CREATE TABLE "slots" (
    "slot" SMALLINT NOT NULL,
    "state" "SlotState" NOT NULL,
    "generation" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "served_at" TIMESTAMPTZ(3),
    "has_cold" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "slots_pkey" PRIMARY KEY ("slot")
);

-- CreateTable
CREATE TABLE "rebuilds" (
    "id" BIGSERIAL NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "read" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "rebuilds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "documents" (
    "slot" SMALLINT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" "DocumentKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "folded_name" TEXT NOT NULL,
    "people" TEXT[],
    "genres" TEXT[],
    "languages" TEXT[],
    "description" TEXT NOT NULL,
    "city_code" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "words" tsvector NOT NULL,
    "names" tsvector NOT NULL,
    "popularity" DOUBLE PRECISION NOT NULL,
    "rating" DOUBLE PRECISION NOT NULL,
    "hot" BOOLEAN NOT NULL,

    CONSTRAINT "documents_pkey" PRIMARY KEY ("slot","id")
) PARTITION BY LIST ("slot");

-- CreateTable
CREATE TABLE "shows" (
    "slot" SMALLINT NOT NULL,
    "id" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "title_id" TEXT,
    "venue_id" TEXT,
    "language" TEXT,
    "time_zone" TEXT,
    "starts_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT -1,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,
    "sold_out" BOOLEAN NOT NULL DEFAULT false,
    "sold_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "shows_pkey" PRIMARY KEY ("slot","id")
) PARTITION BY LIST ("slot");

-- CreateTable
CREATE TABLE "show_days" (
    "slot" SMALLINT NOT NULL,
    "city_code" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "language" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_open_at" TIMESTAMPTZ(3),

    CONSTRAINT "show_days_pkey" PRIMARY KEY ("slot","title_id","venue_id","day","language")
) PARTITION BY LIST ("slot");

-- CreateTable
CREATE TABLE "signals" (
    "subject_id" TEXT NOT NULL,
    "popularity" DOUBLE PRECISION,
    "rating" DOUBLE PRECISION,
    "rating_version" INTEGER NOT NULL DEFAULT -1,

    CONSTRAINT "signals_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "words" (
    "word" TEXT NOT NULL,

    CONSTRAINT "words_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "answer_versions" (
    "scope" TEXT NOT NULL,
    "version" BIGINT NOT NULL,

    CONSTRAINT "answer_versions_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("caller","operation","key")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "traceparent" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "event_subscribers" (
    "consumer" TEXT NOT NULL,
    "inbox" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "types" TEXT[],

    CONSTRAINT "event_subscribers_pkey" PRIMARY KEY ("consumer")
);

-- CreateTable
CREATE TABLE "unacknowledged_events" (
    "consumer" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "deliveries" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "unacknowledged_events_pkey" PRIMARY KEY ("consumer","seq")
);

-- CreateTable
CREATE TABLE "inbox_consumers" (
    "consumer" TEXT NOT NULL,
    "inbox" UUID NOT NULL DEFAULT gen_random_uuid(),
    "generation" INTEGER NOT NULL,

    CONSTRAINT "inbox_consumers_pkey" PRIMARY KEY ("consumer")
);

-- CreateTable
CREATE TABLE "inbox_events" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "dead_letters" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replay_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letters_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "erased_people" (
    "id" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_people_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "documents_slot_folded_name_idx" ON "documents"("slot", "folded_name" text_pattern_ops);

-- CreateIndex
CREATE INDEX "shows_slot_title_id_venue_id_idx" ON "shows"("slot", "title_id", "venue_id");

-- CreateIndex
CREATE INDEX "show_days_slot_city_code_last_at_idx" ON "show_days"("slot", "city_code", "last_at");

-- CreateIndex
CREATE INDEX "show_days_slot_venue_id_last_at_idx" ON "show_days"("slot", "venue_id", "last_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- Partitions by slot. Popularity changes often and is in no index, so room on the page keeps an update off the indexes.
DO $$
DECLARE
  slot int;
BEGIN
  FOR slot IN 0..1 LOOP
    EXECUTE format('CREATE TABLE documents_%s PARTITION OF documents FOR VALUES IN (%s) WITH (fillfactor = 80)', slot, slot);
    EXECUTE format('CREATE TABLE shows_%s PARTITION OF shows FOR VALUES IN (%s) WITH (fillfactor = 90)', slot, slot);
    EXECUTE format('CREATE TABLE show_days_%s PARTITION OF show_days FOR VALUES IN (%s) WITH (fillfactor = 90)', slot, slot);
  END LOOP;
END $$;

-- All documents by word, and the popular ones, which are searched first.
CREATE INDEX "documents_words" ON "documents" USING GIN ("words");
CREATE INDEX "documents_hot_words" ON "documents" USING GIN ("words") WHERE "hot";
CREATE INDEX "documents_hot" ON "documents" ("slot") WHERE "hot";
-- Venues by place.
CREATE INDEX "documents_place" ON "documents" USING GIST (ll_to_earth("latitude", "longitude")) WHERE "kind" = 'VENUE';
-- Words that are similar to a misspelt one.
CREATE INDEX "words_similar" ON "words" USING GIN ("word" gin_trgm_ops);

ALTER TABLE "slots" ADD CONSTRAINT "slots_slot" CHECK ("slot" IN (0, 1));
-- At most one slot serves, and at most one is being built.
CREATE UNIQUE INDEX "slots_one_of_a_state" ON "slots" ("state") WHERE "state" <> 'IDLE';
INSERT INTO "slots" ("slot", "state", "generation", "served_at") VALUES (0, 'SERVING', 1, now()), (1, 'IDLE', 0, NULL);
INSERT INTO "answer_versions" ("scope", "version") VALUES ('texts', 1), ('shows', 1);
