-- CreateEnum
CREATE TYPE "charge_status" AS ENUM ('succeeded', 'failed', 'processing', 'requires_action', 'canceled');

-- CreateTable
CREATE TABLE "payment_methods" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" CHAR(4) NOT NULL,
    "expiry_month" SMALLINT NOT NULL,
    "expiry_year" SMALLINT NOT NULL,
    "charges" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charges" (
    "id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "source" TEXT NOT NULL,
    "status" "charge_status" NOT NULL,
    "decline_code" TEXT,
    "action_id" TEXT,
    "succeeds_at" TIMESTAMPTZ(3),
    "metadata" JSONB NOT NULL,
    "refunded_amount" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "charges_idempotency_key" ON "charges"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "charges_action" ON "charges"("action_id");

-- CreateIndex
CREATE INDEX "charges_reference_idx" ON "charges"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_idempotency_key" ON "refunds"("idempotency_key");

-- CreateIndex
CREATE INDEX "refunds_charge_id_idx" ON "refunds"("charge_id");

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "charges"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.
CREATE INDEX webhook_events_to_deliver ON webhook_events (next_try_at) WHERE delivered_at IS NULL;
CREATE INDEX charges_to_succeed ON charges (succeeds_at) WHERE status = 'processing';
ALTER TABLE charges
  ADD CONSTRAINT charges_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT charges_refunded_within_amount CHECK (refunded_amount BETWEEN 0 AND amount),
  ADD CONSTRAINT charges_refunded_once_succeeded CHECK (refunded_amount = 0 OR status = 'succeeded');
ALTER TABLE refunds ADD CONSTRAINT refunds_amount_positive CHECK (amount > 0);
