-- CreateTable
CREATE TABLE "support_cases" (
    "ticket_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "support_cases_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateIndex
CREATE INDEX "support_cases_customer_id_idx" ON "support_cases"("customer_id");
