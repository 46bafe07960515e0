CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateEnum
CREATE TYPE "TitleKind" AS ENUM ('MOVIE', 'LIVE_EVENT');

-- CreateTable
CREATE TABLE "cities" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search_name" TEXT COLLATE "C" NOT NULL,
    "country" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "cities_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "venues" (
    "id" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "amenities" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "venues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "screens" (
    "id" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "layout_id" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,

    CONSTRAINT "screens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_layouts" (
    "id" TEXT NOT NULL,
    "screen_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "tier_names" TEXT[],
    "sections" JSONB NOT NULL,
    "seat_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seat_layouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "titles" (
    "id" TEXT NOT NULL,
    "kind" "TitleKind" NOT NULL,
    "name" TEXT NOT NULL,
    "sort_name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT NOT NULL,
    "languages" TEXT[],
    "genres" TEXT[],
    "duration_minutes" INTEGER NOT NULL,
    "age_rating" TEXT,
    "release_date" DATE,
    "director" TEXT,
    "performers" TEXT[],
    "poster_url" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "titles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shows" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "screen_id" TEXT NOT NULL,
    "layout_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "screen_free_at" TIMESTAMPTZ(3) NOT NULL,
    "local_date" DATE NOT NULL,
    "sales_open_at" TIMESTAMPTZ(3) NOT NULL,
    "language" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "tiers" JSONB NOT NULL,
    "price_from" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "cancellation_tiers" JSONB NOT NULL,
    "high_demand" BOOLEAN NOT NULL,
    "sold_out" BOOLEAN NOT NULL DEFAULT false,
    "sold_out_told_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shows_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

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
CREATE TABLE "inbox_events" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("consumer","event_id")
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

-- CreateIndex
CREATE INDEX "cities_search_name_idx" ON "cities" USING GIN ("search_name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "venues_city_code_idx" ON "venues"("city_code");

-- CreateIndex
CREATE INDEX "screens_venue_id_position_idx" ON "screens"("venue_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "screens_venue_id_name_key" ON "screens"("venue_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "seat_layouts_screen_id_version_key" ON "seat_layouts"("screen_id", "version");

-- CreateIndex
CREATE INDEX "titles_sort_name_id_idx" ON "titles"("sort_name", "id");

-- CreateIndex
CREATE INDEX "shows_city_code_local_date_title_id_idx" ON "shows"("city_code", "local_date", "title_id");

-- CreateIndex
CREATE INDEX "shows_title_id_city_code_local_date_starts_at_id_idx" ON "shows"("title_id", "city_code", "local_date", "starts_at", "id");

-- CreateIndex
CREATE INDEX "shows_venue_id_local_date_starts_at_id_idx" ON "shows"("venue_id", "local_date", "starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "venues" ADD CONSTRAINT "venues_city_code_fkey" FOREIGN KEY ("city_code") REFERENCES "cities"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "screens" ADD CONSTRAINT "screens_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_layouts" ADD CONSTRAINT "seat_layouts_screen_id_fkey" FOREIGN KEY ("screen_id") REFERENCES "screens"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shows" ADD CONSTRAINT "shows_title_id_fkey" FOREIGN KEY ("title_id") REFERENCES "titles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shows" ADD CONSTRAINT "shows_screen_id_fkey" FOREIGN KEY ("screen_id") REFERENCES "screens"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shows" ADD CONSTRAINT "shows_layout_id_fkey" FOREIGN KEY ("layout_id") REFERENCES "seat_layouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Partitions by city: a show's id starts with its city's code. A screen is in one city, so its shows are in one
-- partition, and the constraint of each partition keeps every pair of them apart.
DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF shows FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'shows_p' || remainder, remainder);
    EXECUTE format(
      'ALTER TABLE %I ADD CONSTRAINT %I EXCLUDE USING gist (screen_id WITH =, tstzrange(starts_at, screen_free_at) WITH &&) WHERE (cancelled_at IS NULL)',
      'shows_p' || remainder, 'shows_p' || remainder || '_screen_free');
  END LOOP;
END $$;

ALTER TABLE "shows" ADD CONSTRAINT "shows_in_order" CHECK ("starts_at" < "ends_at" AND "ends_at" <= "screen_free_at");
ALTER TABLE "shows" ADD CONSTRAINT "shows_id_of_city" CHECK (starts_with("id", "city_code" || '_'));
ALTER TABLE "shows" ADD CONSTRAINT "shows_cost_something" CHECK ("price_from" > 0);
ALTER TABLE "screens" ADD CONSTRAINT "screens_have_seats" CHECK ("capacity" > 0);

-- The same place, or the same film, is not entered twice.
CREATE UNIQUE INDEX "venues_once_an_address" ON "venues" ("city_code", lower("name"), lower("address"));
CREATE UNIQUE INDEX "titles_once_a_film" ON "titles" ("sort_name", "release_date") WHERE "kind" = 'MOVIE' AND "release_date" IS NOT NULL;

CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;
