-- CreateEnum
CREATE TYPE "coupon_kind" AS ENUM ('PERCENT', 'AMOUNT');

-- CreateEnum
CREATE TYPE "redemption_status" AS ENUM ('RESERVED', 'REDEEMED', 'RETURNED');

-- CreateTable
CREATE TABLE "coupons" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" "coupon_kind" NOT NULL,
    "percent_off" INTEGER,
    "amount_off" BIGINT,
    "minimum_spend" BIGINT,
    "budget" BIGINT,
    "currency" CHAR(3),
    "title_ids" TEXT[],
    "city_ids" TEXT[],
    "first_booking_only" BOOLEAN NOT NULL,
    "per_user_limit" INTEGER,
    "redemption_limit" INTEGER,
    "organisation_id" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_by" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "reserved_count" INTEGER NOT NULL DEFAULT 0,
    "redeemed_count" INTEGER NOT NULL DEFAULT 0,
    "reserved_amount" BIGINT NOT NULL DEFAULT 0,
    "redeemed_amount" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_uses" (
    "coupon_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "per_user_limit" INTEGER,

    CONSTRAINT "coupon_uses_pkey" PRIMARY KEY ("coupon_id","customer_id")
);

-- CreateTable
CREATE TABLE "coupon_redemptions" (
    "hold_id" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "booking_id" TEXT,
    "status" "redemption_status" NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "first_booking_only" BOOLEAN NOT NULL,
    "reserved_at" TIMESTAMPTZ(6) NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_redemptions_pkey" PRIMARY KEY ("hold_id")
);

-- CreateTable
CREATE TABLE "code_tries" (
    "customer_id" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "code_tries_pkey" PRIMARY KEY ("customer_id")
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

-- CreateIndex
CREATE UNIQUE INDEX "coupons_code" ON "coupons"("code");

-- CreateIndex
CREATE INDEX "coupons_latest" ON "coupons"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "coupons_of_organisation" ON "coupons"("organisation_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "coupon_uses_customer_id_idx" ON "coupon_uses"("customer_id");

-- CreateIndex
CREATE INDEX "coupon_redemptions_coupon_id_idx" ON "coupon_redemptions"("coupon_id");

-- CreateIndex
CREATE INDEX "coupon_redemptions_customer_id_idx" ON "coupon_redemptions"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_redemptions_of_booking" ON "coupon_redemptions"("booking_id");

-- CreateIndex
CREATE INDEX "code_tries_since_idx" ON "code_tries"("since");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "coupon_uses" ADD CONSTRAINT "coupon_uses_coupon_id_fkey" FOREIGN KEY ("coupon_id") REFERENCES "coupons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_coupon_id_fkey" FOREIGN KEY ("coupon_id") REFERENCES "coupons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- What awaits its booking.
CREATE INDEX coupon_redemptions_unfollowed ON coupon_redemptions (reserved_at)
  WHERE status = 'RESERVED' AND booking_id IS NULL;

-- A customer's first booking is one: of the coupons for it, one is in use.
CREATE UNIQUE INDEX coupon_redemptions_one_first ON coupon_redemptions (customer_id)
  WHERE first_booking_only AND status <> 'RETURNED';

ALTER TABLE coupons
  ADD CONSTRAINT coupons_take_something CHECK (
    (kind = 'PERCENT' AND percent_off BETWEEN 1 AND 100 AND amount_off IS NULL)
    OR (kind = 'AMOUNT' AND amount_off > 0 AND percent_off IS NULL)
  ),
  ADD CONSTRAINT coupons_amounts_have_a_currency CHECK (
    currency IS NOT NULL OR coalesce(amount_off, minimum_spend, budget) IS NULL
  ),
  ADD CONSTRAINT coupons_end_after_they_start CHECK (starts_at < ends_at),
  -- The limits: a use that would exceed one is refused, whichever others are made at the same moment.
  ADD CONSTRAINT coupons_within_limit CHECK (
    redemption_limit IS NULL OR reserved_count + redeemed_count <= redemption_limit
  ),
  ADD CONSTRAINT coupons_within_budget CHECK (budget IS NULL OR reserved_amount + redeemed_amount <= budget);
ALTER TABLE coupon_uses
  ADD CONSTRAINT coupon_uses_within_limit CHECK (per_user_limit IS NULL OR used <= per_user_limit);
ALTER TABLE coupon_redemptions ADD CONSTRAINT coupon_redemptions_amount CHECK (amount >= 0);

-- Counts each use where it is made, redeemed, returned or deleted. The coupon's row is locked first, then its customer's,
-- so that two uses never wait for each other in a circle.
CREATE FUNCTION count_redemption() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  coupon text := coalesce(NEW.coupon_id, OLD.coupon_id);
  customer text := coalesce(NEW.customer_id, OLD.customer_id);
  reserved int := coalesce((NEW.status = 'RESERVED')::int, 0) - coalesce((OLD.status = 'RESERVED')::int, 0);
  redeemed int := coalesce((NEW.status = 'REDEEMED')::int, 0) - coalesce((OLD.status = 'REDEEMED')::int, 0);
  of_one bigint := coalesce(NEW.amount, OLD.amount);
BEGIN
  IF reserved = 0 AND redeemed = 0 THEN
    RETURN NULL;
  END IF;
  UPDATE coupons SET reserved_count = reserved_count + reserved, redeemed_count = redeemed_count + redeemed,
    reserved_amount = reserved_amount + reserved * of_one, redeemed_amount = redeemed_amount + redeemed * of_one
  WHERE id = coupon;
  INSERT INTO coupon_uses AS uses (coupon_id, customer_id, used, per_user_limit)
  SELECT coupon, customer, reserved + redeemed, per_user_limit FROM coupons WHERE id = coupon
  ON CONFLICT (coupon_id, customer_id) DO UPDATE SET used = uses.used + excluded.used;
  RETURN NULL;
END $$;
CREATE TRIGGER coupon_redemptions_are_counted AFTER INSERT OR UPDATE OF status OR DELETE ON coupon_redemptions
  FOR EACH ROW EXECUTE FUNCTION count_redemption();

-- A use says for good of what, by whom and how much, and does not come back once it was returned.
CREATE FUNCTION refuse_redemption_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'RETURNED' AND NEW.status <> 'RETURNED' THEN
    RAISE EXCEPTION 'the coupon of hold % was returned for good', OLD.hold_id;
  END IF;
  IF (NEW.hold_id, NEW.coupon_id, NEW.customer_id, NEW.amount, NEW.currency) IS DISTINCT FROM
     (OLD.hold_id, OLD.coupon_id, OLD.customer_id, OLD.amount, OLD.currency) THEN
    RAISE EXCEPTION 'the coupon of hold % says for good who saves how much', OLD.hold_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER coupon_redemptions_refuse_rewrite BEFORE UPDATE ON coupon_redemptions
  FOR EACH ROW EXECUTE FUNCTION refuse_redemption_rewrite();
