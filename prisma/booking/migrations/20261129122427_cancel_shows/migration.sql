-- AlterEnum
ALTER TYPE "BookingEventType" ADD VALUE 'CANCELLED';

-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "cancellation_reason" TEXT,
ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3);

-- The shows whose bookings have to be cancelled.
CREATE INDEX "shows_cancelled" ON "shows" ("cancelled_at") WHERE "cancelled_at" IS NOT NULL;
