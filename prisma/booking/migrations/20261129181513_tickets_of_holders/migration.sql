-- CreateEnum
CREATE TYPE "TransferStatus" AS ENUM ('PENDING', 'ACCEPTED', 'CANCELLED', 'EXPIRED');

-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "complimentary_reason" TEXT,
ALTER COLUMN "hold_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "tickets" ADD COLUMN     "checked_in_at" TIMESTAMPTZ(3),
ADD COLUMN     "checked_in_by" TEXT,
ADD COLUMN     "code_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "code_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "holder_id" TEXT;

-- Until now a ticket admitted whoever had bought it, and its code is as old as it.
UPDATE "tickets" SET "holder_id" = booking."customer_id", "code_since" = "issued_at"
FROM "bookings" AS booking WHERE booking."city_code" = "tickets"."city_code" AND booking."id" = "tickets"."booking_id";

-- CreateTable
CREATE TABLE "ticket_transfers" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "offer_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "sender_id" TEXT NOT NULL,
    "to_address" BYTEA,
    "status" "TransferStatus" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_transfers_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");

DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "ticket_transfers" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'ticket_transfers_p' || remainder, remainder);
  END LOOP;
END $$;

-- CreateIndex
CREATE INDEX "ticket_transfers_ticket_id_idx" ON "ticket_transfers"("ticket_id");

-- CreateIndex
CREATE INDEX "ticket_transfers_offer_id_idx" ON "ticket_transfers"("offer_id");

-- CreateIndex
CREATE INDEX "tickets_holder_id_issued_at_id_idx" ON "tickets"("holder_id", "issued_at" DESC, "id" DESC);

-- A used ticket says when it was used.
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_checked_in_at" CHECK ("status" <> 'CHECKED_IN' OR "checked_in_at" IS NOT NULL);

-- A ticket is offered to one person at a time, and an address is kept no longer than its transfer is pending.
CREATE UNIQUE INDEX "ticket_transfers_one_pending_a_ticket" ON "ticket_transfers" ("city_code", "ticket_id") WHERE "status" = 'PENDING';
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_address" CHECK (("to_address" IS NOT NULL) = ("status" = 'PENDING'));

-- What the job that ends transfers looks for.
CREATE INDEX "ticket_transfers_pending_expires_at" ON "ticket_transfers" ("expires_at") WHERE "status" = 'PENDING';
