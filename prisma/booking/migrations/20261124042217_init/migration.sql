-- CreateEnum
CREATE TYPE "SeatClaimState" AS ENUM ('HELD', 'PENDING', 'SOLD', 'BLOCKED');

-- CreateEnum
CREATE TYPE "HoldStatus" AS ENUM ('ACTIVE', 'CONSUMED', 'RELEASED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "BookingStatus" AS ENUM ('PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'COMPLETED', 'EXPIRED', 'NEEDS_REVIEW');

-- CreateEnum
CREATE TYPE "TicketStatus" AS ENUM ('ISSUED', 'CHECKED_IN', 'CANCELLED');

-- CreateEnum
CREATE TYPE "BookingEventType" AS ENUM ('REQUESTED', 'PAYMENT_FAILED', 'CONFIRMED', 'EXPIRED', 'REFUND_REQUESTED', 'REFUNDED', 'NEEDS_REVIEW');

-- CreateTable
CREATE TABLE "seat_layouts" (
    "id" TEXT NOT NULL,
    "screen_id" TEXT NOT NULL,
    "sections" JSONB NOT NULL,
    "seat_count" INTEGER NOT NULL,

    CONSTRAINT "seat_layouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shows" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "layout_id" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,
    "title_name" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "venue_name" TEXT NOT NULL,
    "screen_name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "tiers" JSONB NOT NULL,
    "cancellation_tiers" JSONB NOT NULL,
    "high_demand" BOOLEAN NOT NULL,
    "seat_count" INTEGER NOT NULL,
    "seat_map_version" INTEGER NOT NULL DEFAULT 0,
    "sold_out" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "shows_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

-- CreateTable
CREATE TABLE "seat_claims" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "seat_id" TEXT NOT NULL,
    "state" "SeatClaimState" NOT NULL,
    "hold_id" TEXT,
    "booking_id" TEXT,
    "customer_id" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "seat_claims_pkey" PRIMARY KEY ("city_code","show_id","seat_id")
) PARTITION BY HASH ("city_code");

-- CreateTable
CREATE TABLE "seat_holds" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "status" "HoldStatus" NOT NULL,
    "seats" JSONB NOT NULL,
    "seat_ids" TEXT[],
    "subtotal" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "warned_at" TIMESTAMPTZ(3),
    "claimed_count" INTEGER NOT NULL,

    CONSTRAINT "seat_holds_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

-- CreateTable
CREATE TABLE "bookings" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "hold_id" TEXT NOT NULL,
    "status" "BookingStatus" NOT NULL,
    "version" INTEGER NOT NULL,
    "seats" JSONB NOT NULL,
    "seat_ids" TEXT[],
    "subtotal" INTEGER NOT NULL,
    "fees" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "discount" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "refunded" INTEGER NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "payment_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_count" INTEGER NOT NULL,

    CONSTRAINT "bookings_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

-- CreateTable
CREATE TABLE "booking_events" (
    "city_code" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" "BookingEventType" NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "booking_events_pkey" PRIMARY KEY ("city_code","booking_id","version")
) PARTITION BY HASH ("city_code");

-- CreateTable
CREATE TABLE "tickets" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "seat_id" TEXT NOT NULL,
    "seat" JSONB NOT NULL,
    "status" "TicketStatus" NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("city_code","id")
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
CREATE INDEX "seat_claims_hold_id_idx" ON "seat_claims"("hold_id");

-- CreateIndex
CREATE INDEX "seat_claims_booking_id_idx" ON "seat_claims"("booking_id");

-- CreateIndex
CREATE INDEX "seat_holds_customer_id_show_id_idx" ON "seat_holds"("customer_id", "show_id");

-- CreateIndex
CREATE INDEX "bookings_customer_id_created_at_id_idx" ON "bookings"("customer_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "bookings_show_id_idx" ON "bookings"("show_id");

-- CreateIndex
CREATE UNIQUE INDEX "bookings_city_code_hold_id_key" ON "bookings"("city_code", "hold_id");

-- CreateIndex
CREATE INDEX "tickets_booking_id_idx" ON "tickets"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- Partitions by city: the ids of everything in them start with the city's code.
DO $$
DECLARE
  parent text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['shows', 'seat_claims', 'seat_holds', 'bookings', 'booking_events', 'tickets'] LOOP
    FOR remainder IN 0..7 LOOP
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 8, REMAINDER %s)', parent || '_p' || remainder, parent, remainder);
    END LOOP;
  END LOOP;
END $$;

-- A hold has all of its seats or is not made; a booking takes over all of them or is not made.
ALTER TABLE "seat_holds" ADD CONSTRAINT "seat_holds_all_or_none" CHECK ("claimed_count" = cardinality("seat_ids"));
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_all_or_none" CHECK ("claimed_count" = cardinality("seat_ids"));

-- The second guard against overselling: one live ticket a seat.
CREATE UNIQUE INDEX "tickets_one_live_a_seat" ON "tickets" ("city_code", "show_id", "seat_id") WHERE "status" IN ('ISSUED', 'CHECKED_IN');

-- What the sweepers look for.
CREATE INDEX "seat_holds_active_expires_at" ON "seat_holds" ("expires_at") WHERE "status" = 'ACTIVE';
CREATE INDEX "bookings_pending_expires_at" ON "bookings" ("expires_at") WHERE "status" = 'PENDING_PAYMENT';
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- History is appended to, never changed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "booking_events_append_only" BEFORE UPDATE OR DELETE ON "booking_events" FOR EACH ROW EXECUTE FUNCTION refuse_change();
