-- AlterEnum
ALTER TYPE "BookingEventType" ADD VALUE 'REVIEW_DECIDED';

-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "review" JSONB;

-- The bookings that await a decision of staff, the latest first.
CREATE INDEX "bookings_to_review" ON "bookings" ("created_at" DESC, "id" DESC) WHERE "review" IS NOT NULL;
