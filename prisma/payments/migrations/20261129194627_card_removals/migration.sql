-- CreateTable
CREATE TABLE "card_removals" (
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_removals_pkey" PRIMARY KEY ("provider","provider_ref")
);

-- CreateIndex
CREATE INDEX "card_removals_next_try_at_idx" ON "card_removals"("next_try_at");
