-- CreateEnum
CREATE TYPE "payout_status" AS ENUM ('pending', 'paid', 'failed');

-- CreateTable
CREATE TABLE "payouts" (
    "id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "payout_status" NOT NULL,
    "failure_code" TEXT,
    "arrives_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "payouts_idempotency_key" ON "payouts"("idempotency_key");

-- CreateIndex
CREATE INDEX "payouts_reference_idx" ON "payouts"("reference");

-- CreateIndex
CREATE INDEX "payouts_created_at_id_idx" ON "payouts"("created_at", "id");
