-- CreateTable
CREATE TABLE "member_benefits" (
    "membership_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "booking_fee_percent_off" INTEGER NOT NULL,

    CONSTRAINT "member_benefits_pkey" PRIMARY KEY ("membership_id")
);

-- CreateIndex
CREATE INDEX "member_benefits_customer_id_idx" ON "member_benefits"("customer_id");

-- What follows Prisma cannot express.

ALTER TABLE member_benefits
  ADD CONSTRAINT member_benefits_percent CHECK (booking_fee_percent_off BETWEEN 0 AND 100);
