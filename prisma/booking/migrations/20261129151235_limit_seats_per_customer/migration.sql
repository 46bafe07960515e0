-- Holds made before were limited to ten seats each, and are not limited again.
ALTER TABLE "seat_holds" ADD COLUMN "seat_allowance" INTEGER NOT NULL DEFAULT 10;
ALTER TABLE "seat_holds" ALTER COLUMN "seat_allowance" DROP DEFAULT;

-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "max_seats_per_customer" INTEGER;

-- CreateTable
CREATE TABLE "hold_budgets" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "period_started_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_seconds" DOUBLE PRECISION NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hold_budgets_pkey" PRIMARY KEY ("city_code","show_id","customer_id")
) PARTITION BY HASH ("city_code");

DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "hold_budgets" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'hold_budgets_p' || remainder, remainder);
  END LOOP;
END $$;

-- CreateIndex
CREATE INDEX "seat_claims_customer_id_show_id_idx" ON "seat_claims"("customer_id", "show_id");

-- A hold has no more seats than its customer may take, and some time left.
ALTER TABLE "seat_holds" ADD CONSTRAINT "seat_holds_within_allowance" CHECK (cardinality("seat_ids") <= "seat_allowance");
ALTER TABLE "seat_holds" ADD CONSTRAINT "seat_holds_has_time" CHECK ("expires_at" > "created_at");

-- Seats that a customer has in a show, and has unpaid in all shows, without those of the holds that give way. A lock per
-- customer makes their claims take turns until they commit; the count is a statement of its own, so that it sees what
-- the lock waited for, which the statement that calls this does not.
CREATE FUNCTION lock_seat_usage(customer text, city text, show text, giving_way text[], OUT in_show integer, OUT unpaid integer)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(5202612, hashtext(customer));
  SELECT count(*) FILTER (WHERE city_code = city AND show_id = show), count(*) FILTER (WHERE state <> 'SOLD')
  INTO in_show, unpaid
  FROM seat_claims
  WHERE customer_id = customer AND (expires_at IS NULL OR expires_at > now())
    AND (hold_id IS NULL OR hold_id <> ALL (giving_way));
END $$;
