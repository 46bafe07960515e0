-- CreateEnum
CREATE TYPE "payment_review_kind" AS ENUM ('UNKNOWN_CHARGE', 'DUPLICATE_CHARGE', 'AMOUNT_DIFFERS', 'STATUS_DIFFERS', 'MISSING_CHARGE', 'UNKNOWN_REFUND', 'REFUND_DIFFERS', 'MISSING_REFUND', 'REFUND_FAILED');

-- CreateEnum
CREATE TYPE "payment_review_status" AS ENUM ('OPEN', 'DECIDED', 'CLOSED');

-- CreateEnum
CREATE TYPE "payment_review_outcome" AS ENUM ('REFUND', 'ACCEPT');

-- CreateTable
CREATE TABLE "payment_reviews" (
    "id" TEXT NOT NULL,
    "kind" "payment_review_kind" NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payment_id" TEXT,
    "refund_id" TEXT,
    "charge_id" TEXT,
    "ours" JSONB,
    "theirs" JSONB,
    "status" "payment_review_status" NOT NULL DEFAULT 'OPEN',
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_review_decisions" (
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "outcome" "payment_review_outcome" NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_review_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_comparisons" (
    "provider" TEXT NOT NULL,
    "compared_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_comparisons_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE UNIQUE INDEX "payment_reviews_once" ON "payment_reviews"("provider", "kind", "subject");

-- CreateIndex
CREATE INDEX "payment_reviews_by_status" ON "payment_reviews"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payment_review_decisions_review_id_decided_at_idx" ON "payment_review_decisions"("review_id", "decided_at");

-- AddForeignKey
ALTER TABLE "payment_review_decisions" ADD CONSTRAINT "payment_review_decisions_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "payment_reviews"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

CREATE FUNCTION refuse_decision_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: decide again', TG_TABLE_NAME;
END $$;
CREATE TRIGGER payment_review_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_review_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_rewrite();

-- Lists of a time, compared with the provider's.
CREATE INDEX payments_by_card_created ON payments (created_at) WHERE method = 'CARD';
CREATE INDEX refunds_settled ON refunds (settled_at) WHERE settled_at IS NOT NULL;
