-- AlterTable
ALTER TABLE "account_erasures" ADD COLUMN     "erased_in" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "told_at" TIMESTAMPTZ(3);
-- Of earlier erasures no subgraph has given a receipt: all are told again.
UPDATE "account_erasures" SET "told_at" = "requested_at", "passes" = 1, "completed_at" = NULL;
ALTER TABLE "account_erasures" ALTER COLUMN "told_at" SET NOT NULL;

-- CreateTable
CREATE TABLE "erased_people" (
    "id" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_people_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_erasures_event_id_key" ON "account_erasures"("event_id");
