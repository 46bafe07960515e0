-- CreateEnum
CREATE TYPE "billing_interval" AS ENUM ('DAY', 'WEEK', 'MONTH', 'YEAR');

-- CreateTable
CREATE TABLE "membership_plans" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "interval" "billing_interval" NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "country" CHAR(2) NOT NULL,
    "trial_days" INTEGER NOT NULL,
    "free_cancellations" INTEGER NOT NULL,
    "booking_fee_percent_off" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_plans_pkey" PRIMARY KEY ("id")
);

-- What follows Prisma cannot express.

ALTER TABLE membership_plans
  ADD CONSTRAINT membership_plans_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT membership_plans_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT membership_plans_country_code CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT membership_plans_benefits CHECK (
    trial_days >= 0 AND free_cancellations >= 0 AND booking_fee_percent_off BETWEEN 0 AND 100
  );

-- A plan sent twice is created once.
CREATE UNIQUE INDEX membership_plans_once ON membership_plans (lower(name), interval, country, currency, amount);

CREATE FUNCTION refuse_plan_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a membership plan never changes: create another';
END $$;
CREATE TRIGGER membership_plans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON membership_plans
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_plan_rewrite();
