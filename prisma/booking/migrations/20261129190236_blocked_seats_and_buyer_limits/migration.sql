-- AlterTable
ALTER TABLE "seat_claims" ADD COLUMN     "reason" TEXT;

-- CreateTable
CREATE TABLE "buyer_limits" (
    "customer_id" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "buyer_limits_pkey" PRIMARY KEY ("customer_id")
);

ALTER TABLE "buyer_limits" ADD CONSTRAINT "buyer_limits_percent" CHECK ("percent" BETWEEN 0 AND 100);

-- The seats that a customer may have of a maximum: all of them unless the scoring of risks says less.
CREATE FUNCTION seats_allowed(customer text, maximum integer) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT ceil(maximum * percent / 100.0)::int FROM buyer_limits WHERE customer_id = customer AND until > now()), maximum)
$$;
