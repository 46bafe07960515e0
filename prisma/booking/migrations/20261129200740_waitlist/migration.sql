-- CreateEnum
CREATE TYPE "WaitlistStatus" AS ENUM ('WAITING', 'OFFERED', 'PURCHASED', 'OFFER_EXPIRED', 'LEFT');

-- CreateTable
CREATE TABLE "waitlist_entries" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "party_size" INTEGER NOT NULL,
    "tier_id" TEXT,
    "status" "WaitlistStatus" NOT NULL DEFAULT 'WAITING',
    "hold_id" TEXT,
    "arrival" BIGSERIAL NOT NULL,
    "email_verified" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlist_entries_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "waitlist_entries" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'waitlist_entries_p' || remainder, remainder);
  END LOOP;
END $$;

-- CreateIndex
CREATE INDEX "waitlist_entries_city_code_show_id_status_arrival_idx" ON "waitlist_entries"("city_code", "show_id", "status", "arrival");

-- A customer waits once for a show.
CREATE UNIQUE INDEX "waitlist_entries_one_live" ON "waitlist_entries"("city_code", "show_id", "customer_id")
  WHERE "status" IN ('WAITING', 'OFFERED');
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_party" CHECK ("party_size" BETWEEN 1 AND 10);
