-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED');

-- CreateEnum
CREATE TYPE "placement_status" AS ENUM ('RESERVED', 'COUNTED', 'RELEASED');

-- CreateTable
CREATE TABLE "campaigns" (
    "id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,
    "headline" TEXT NOT NULL,
    "image_url" TEXT NOT NULL,
    "city_ids" TEXT[],
    "currency" CHAR(3) NOT NULL,
    "budget" BIGINT NOT NULL,
    "daily_cap" BIGINT,
    "bid_per_thousand" BIGINT NOT NULL,
    "frequency_cap" INTEGER,
    "time_zone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "campaign_state" NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "reserved_milli" BIGINT NOT NULL DEFAULT 0,
    "spent_milli" BIGINT NOT NULL DEFAULT 0,
    "day" DATE NOT NULL,
    "day_milli" BIGINT NOT NULL DEFAULT 0,
    "impressions" BIGINT NOT NULL DEFAULT 0,
    "clicks" BIGINT NOT NULL DEFAULT 0,
    "settled" BIGINT NOT NULL DEFAULT 0,
    "settled_impressions" BIGINT NOT NULL DEFAULT 0,
    "settled_until" TIMESTAMPTZ(3),
    "pace" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "capacity" DOUBLE PRECISION,
    "paced_at" TIMESTAMPTZ(3),
    "paced_milli" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_days" (
    "campaign_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "spent_milli" BIGINT NOT NULL,
    "impressions" BIGINT NOT NULL,
    "clicks" BIGINT NOT NULL,

    CONSTRAINT "campaign_days_pkey" PRIMARY KEY ("campaign_id","day")
);

-- CreateTable
CREATE TABLE "placements" (
    "id" UUID NOT NULL,
    "campaign_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "price_milli" BIGINT NOT NULL,
    "charged_milli" BIGINT NOT NULL DEFAULT 0,
    "viewer_key" TEXT,
    "status" "placement_status" NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "impression_at" TIMESTAMPTZ(3),
    "click_at" TIMESTAMPTZ(3),

    CONSTRAINT "placements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_views" (
    "viewer_key" TEXT NOT NULL,
    "campaign_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "shown" INTEGER NOT NULL,
    "frequency_cap" INTEGER NOT NULL,

    CONSTRAINT "campaign_views_pkey" PRIMARY KEY ("viewer_key","campaign_id","day")
);

-- CreateTable
CREATE TABLE "settlements" (
    "id" TEXT NOT NULL,
    "campaign_id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "impressions" BIGINT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlements_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "campaigns_of_organisation" ON "campaigns"("organisation_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "campaigns_name" ON "campaigns"("organisation_id", "name");

-- CreateIndex
CREATE INDEX "placements_by_time" ON "placements" USING BRIN ("placed_at");

-- CreateIndex
CREATE INDEX "settlements_campaign_id_idx" ON "settlements"("campaign_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "campaign_days" ADD CONSTRAINT "campaign_days_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "placements" ADD CONSTRAINT "placements_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_views" ADD CONSTRAINT "campaign_views_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- Who bids, and what is to be settled.
CREATE INDEX campaigns_active ON campaigns (ends_at) WHERE state = 'ACTIVE';
CREATE INDEX campaigns_unsettled ON campaigns (id) WHERE spent_milli / 1000 > settled;
-- Placements that await their impression.
CREATE INDEX placements_reserved ON placements (expires_at) WHERE status = 'RESERVED';

ALTER TABLE campaigns
  ADD CONSTRAINT campaigns_end_after_they_start CHECK (starts_at < ends_at),
  ADD CONSTRAINT campaigns_amounts CHECK (
    budget > 0 AND daily_cap BETWEEN 1 AND budget AND bid_per_thousand > 0 AND frequency_cap > 0
    AND reserved_milli >= 0 AND spent_milli >= 0 AND day_milli >= 0
  ),
  -- The limits: what would exceed one is refused, whatever is reserved or counted at the same moment.
  ADD CONSTRAINT campaigns_within_budget CHECK (reserved_milli + spent_milli <= budget * 1000),
  ADD CONSTRAINT campaigns_within_daily_cap CHECK (day_milli <= daily_cap * 1000),
  ADD CONSTRAINT campaigns_settle_what_was_spent CHECK (settled * 1000 <= spent_milli),
  ADD CONSTRAINT campaigns_pace CHECK (pace > 0 AND pace <= 1);
ALTER TABLE campaign_views ADD CONSTRAINT campaign_views_within_cap CHECK (shown BETWEEN 0 AND frequency_cap);
ALTER TABLE placements ADD CONSTRAINT placements_amounts CHECK (price_milli > 0 AND charged_milli BETWEEN 0 AND price_milli);
ALTER TABLE settlements ADD CONSTRAINT settlements_amount CHECK (amount > 0);

-- A placement is counted once, and says for good what it cost.
CREATE FUNCTION refuse_placement_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'COUNTED' AND (NEW.status, NEW.charged_milli, NEW.impression_at) IS DISTINCT FROM
     (OLD.status, OLD.charged_milli, OLD.impression_at) THEN
    RAISE EXCEPTION 'placement % was counted for good', OLD.id;
  END IF;
  IF (NEW.campaign_id, NEW.day, NEW.price_milli) IS DISTINCT FROM (OLD.campaign_id, OLD.day, OLD.price_milli) THEN
    RAISE EXCEPTION 'placement % says for good whose it is and what it costs', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER placements_refuse_rewrite BEFORE UPDATE ON placements
  FOR EACH ROW EXECUTE FUNCTION refuse_placement_rewrite();
