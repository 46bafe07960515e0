-- CreateEnum
CREATE TYPE "HistoryKind" AS ENUM ('VIEW', 'SEARCH', 'BOOKING');

-- CreateTable
CREATE TABLE "events" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "visitor" UUID NOT NULL,
    "id" UUID NOT NULL,
    "suspicious" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "city_code" TEXT,
    "user_id" TEXT,
    "title_id" TEXT,
    "show_id" TEXT,
    "venue_id" TEXT,
    "search_text" TEXT,
    "impression_token" TEXT,
    "properties" JSONB
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "event_ids_even" (
    "id" UUID NOT NULL,

    CONSTRAINT "event_ids_even_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_ids_odd" (
    "id" UUID NOT NULL,

    CONSTRAINT "event_ids_odd_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_id_week" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "week" INTEGER NOT NULL,

    CONSTRAINT "event_id_week_pkey" PRIMARY KEY ("one")
);

-- CreateTable
CREATE TABLE "loaded_segments" (
    "id" UUID NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loaded_segments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_names" (
    "code" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "event_names_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "event_minutes" (
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "suspicious" INTEGER NOT NULL,

    CONSTRAINT "event_minutes_pkey" PRIMARY KEY ("minute","name","city_code")
);

-- CreateTable
CREATE TABLE "minute_visitors" (
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "visitor" UUID NOT NULL,

    CONSTRAINT "minute_visitors_pkey" PRIMARY KEY ("minute","visitor")
);

-- CreateTable
CREATE TABLE "sessions" (
    "visitor" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "events" INTEGER NOT NULL,
    "city_code" TEXT,
    "city_mark" BIGINT,
    "marks" BIGINT[],
    "path" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("visitor","started_at")
);

-- CreateTable
CREATE TABLE "user_visitors" (
    "user_id" TEXT NOT NULL,
    "visitor" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_visitors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "history_entries" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "HistoryKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "title_id" TEXT,
    "booking_id" TEXT,
    "search_text" TEXT,

    CONSTRAINT "history_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "show_titles" (
    "show_id" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,

    CONSTRAINT "show_titles_pkey" PRIMARY KEY ("show_id")
);

-- CreateTable
CREATE TABLE "suspects" (
    "key" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "suspects_pkey" PRIMARY KEY ("key")
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
CREATE UNIQUE INDEX "event_names_name_key" ON "event_names"("name");

-- CreateIndex
CREATE INDEX "sessions_started_at_idx" ON "sessions"("started_at");

-- CreateIndex
CREATE INDEX "history_entries_user_id_at_id_idx" ON "history_entries"("user_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- The events of a person, for their export and erasure.
CREATE INDEX "events_user" ON "events" ("user_id") WHERE "user_id" IS NOT NULL;

-- The names that mean something have letters; those that clients think of get others as they come.
INSERT INTO "event_names" ("code", "name")
SELECT ascii(letter), name FROM (VALUES
  ('A', 'title_view'), ('B', 'show_view'), ('C', 'seat_map_view'), ('D', 'search'), ('E', 'search_click'),
  ('F', 'checkout_start'), ('G', 'ad_impression'), ('H', 'ad_click'), ('I', 'seats_held'), ('J', 'booking_requested'),
  ('K', 'booking_confirmed'), ('L', 'booking_cancelled'), ('Z', 'other')) AS known (letter, name);
