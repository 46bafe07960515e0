-- CreateEnum
CREATE TYPE "mandate_purpose" AS ENUM ('MEMBERSHIP', 'WALLET_TOP_UP', 'GIFT');

-- CreateEnum
CREATE TYPE "mandate_status" AS ENUM ('PENDING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "charge_status" AS ENUM ('OPEN', 'PAID', 'FAILED');

-- AlterEnum
ALTER TYPE "ledger_account_kind" ADD VALUE 'MEMBERSHIP_SALES';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "payment_purpose" ADD VALUE 'MEMBERSHIP';
ALTER TYPE "payment_purpose" ADD VALUE 'RECURRING';

-- CreateTable
CREATE TABLE "mandates" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "customer_id" TEXT NOT NULL,
    "purpose" "mandate_purpose" NOT NULL,
    "status" "mandate_status" NOT NULL,
    "method" "payment_method_kind" NOT NULL,
    "payment_method_id" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "interval" "billing_interval" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "anchor" TIMESTAMPTZ(3) NOT NULL,
    "step" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "next_action_at" TIMESTAMPTZ(3),
    "credit" BIGINT NOT NULL,
    "plan_id" TEXT,
    "trial_ends_at" TIMESTAMPTZ(3),
    "period_start" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "cancel_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "resumes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mandates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mandate_charges" (
    "id" TEXT NOT NULL,
    "mandate_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "status" "charge_status" NOT NULL,
    "payment_id" TEXT,
    "lines" JSONB NOT NULL,
    "credit_used" BIGINT NOT NULL,
    "credit_left" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "plan_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mandate_charges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_series" (
    "country" CHAR(2) NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("country")
);

-- CreateTable
CREATE TABLE "invoices" (
    "id" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "sequence" INTEGER NOT NULL,
    "customer_id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "refund_id" TEXT,
    "corrects_id" TEXT,
    "lines" JSONB NOT NULL,
    "total" BIGINT NOT NULL,
    "tax" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mandates_of_customer" ON "mandates"("customer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "mandate_charges_of_payment" ON "mandate_charges"("payment_id");

-- CreateIndex
CREATE INDEX "mandate_charges_of_mandate" ON "mandate_charges"("mandate_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_one_per_refund" ON "invoices"("refund_id");

-- CreateIndex
CREATE INDEX "invoices_of_customer" ON "invoices"("customer_id", "issued_at", "id");

-- CreateIndex
CREATE INDEX "invoices_corrections" ON "invoices"("corrects_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_number" ON "invoices"("country", "sequence");

-- AddForeignKey
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "membership_plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mandate_charges" ADD CONSTRAINT "mandate_charges_mandate_id_fkey" FOREIGN KEY ("mandate_id") REFERENCES "mandates"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mandate_charges" ADD CONSTRAINT "mandate_charges_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "mandate_charges"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "invoices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- Work lists, read by partial indexes.
CREATE INDEX mandates_due ON mandates (next_action_at) WHERE next_action_at IS NOT NULL;
CREATE INDEX mandate_charges_open ON mandate_charges (mandate_id) WHERE status = 'OPEN';
CREATE INDEX refunds_without_booking ON refunds (payment_id) WHERE booking_id IS NULL AND status = 'SUCCEEDED';

-- One membership and one trial a customer.
CREATE UNIQUE INDEX mandates_one_membership ON mandates (customer_id)
  WHERE purpose = 'MEMBERSHIP' AND status IN ('PENDING', 'ACTIVE', 'PAST_DUE', 'PAUSED');
CREATE UNIQUE INDEX mandates_one_trial ON mandates (customer_id) WHERE trial_ends_at IS NOT NULL;

ALTER TABLE mandates
  ADD CONSTRAINT mandates_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT mandates_credit_not_negative CHECK (credit >= 0),
  ADD CONSTRAINT mandates_card_by_method CHECK ((method = 'CARD') = (payment_method_id IS NOT NULL)),
  ADD CONSTRAINT mandates_membership CHECK (
    (purpose = 'MEMBERSHIP') = (plan_id IS NOT NULL) AND (plan_id IS NULL) = (period_end IS NULL)
  ),
  ADD CONSTRAINT mandates_ended CHECK (
    (status IN ('CANCELLED', 'EXPIRED')) = (ended_at IS NOT NULL) AND (ended_at IS NULL OR next_action_at IS NULL)
  );

CREATE FUNCTION refuse_ended_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'mandate % is % for good', OLD.id, OLD.status;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mandates_end_for_good BEFORE UPDATE ON mandates FOR EACH ROW EXECUTE FUNCTION refuse_ended_mandate();

-- Nothing is charged twice: neither a period, nor a period and a change of plan at once.
CREATE UNIQUE INDEX mandate_charges_once ON mandate_charges (mandate_id, sequence) WHERE status IN ('OPEN', 'PAID');
ALTER TABLE mandate_charges
  ADD CONSTRAINT mandate_charges_amounts CHECK (total >= 0 AND credit_used >= 0 AND credit_left >= 0),
  ADD CONSTRAINT mandate_charges_paid_by CHECK (status = 'FAILED' OR (total = 0) = (payment_id IS NULL));

-- Invoices: numbers start at 1, an invoice a charge, and none ever changes.
CREATE UNIQUE INDEX invoices_one_per_charge ON invoices (charge_id) WHERE corrects_id IS NULL;
ALTER TABLE invoices
  ADD CONSTRAINT invoices_sequence_positive CHECK (sequence > 0),
  ADD CONSTRAINT invoices_credit_notes CHECK ((corrects_id IS NULL) = (refund_id IS NULL));
CREATE FUNCTION refuse_invoice_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an issued invoice never changes: issue a credit note';
END $$;
CREATE TRIGGER invoices_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_invoice_rewrite();
