-- AlterEnum
ALTER TYPE "BookingEventType" ADD VALUE 'SHOW_MOVED';
ALTER TYPE "BookingEventType" ADD VALUE 'RESCHEDULE_REQUESTED';
ALTER TYPE "BookingEventType" ADD VALUE 'RESCHEDULE_EXPIRED';
ALTER TYPE "BookingEventType" ADD VALUE 'RESCHEDULED';
ALTER TYPE "BookingEventType" ADD VALUE 'COMPLETED';

-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "cancellation_tiers" JSONB,
ADD COLUMN     "free_cancellation_until" TIMESTAMPTZ(3),
ADD COLUMN     "payments" JSONB,
ADD COLUMN     "pending_reschedule" JSONB,
ADD COLUMN     "refund_requested" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "venue_id" TEXT;

-- Bookings that were made before have the policy that their show has now. Those that were cancelled were refunded in full.
UPDATE "bookings" SET "cancellation_tiers" = shows."cancellation_tiers", "venue_id" = shows."venue_id",
  "refund_requested" = CASE WHEN bookings."status" = 'CANCELLED' AND "payment_id" IS NOT NULL THEN "total" ELSE 0 END
FROM "shows" WHERE shows."city_code" = bookings."city_code" AND shows."id" = bookings."show_id";

ALTER TABLE "bookings" ALTER COLUMN "cancellation_tiers" SET NOT NULL, ALTER COLUMN "venue_id" SET NOT NULL;

-- Their events get what the fold of a booking's events needs.
DROP TRIGGER "booking_events_append_only" ON "booking_events";
UPDATE "booking_events" AS event SET "data" = event."data" || CASE event."type"
  WHEN 'REQUESTED' THEN jsonb_build_object('customerId', customer_id, 'showId', show_id, 'venueId', venue_id,
    'holdId', hold_id, 'seats', seats, 'cancellationTiers', cancellation_tiers,
    'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'price', jsonb_build_object('currency', currency, 'subtotal', subtotal, 'fees', fees, 'tax', tax,
      'discount', discount, 'total', total))
  ELSE jsonb_build_object('seatIds', seat_ids, 'refund', refund_requested) END
FROM "bookings" AS booking
WHERE booking."city_code" = event."city_code" AND booking."id" = event."booking_id"
  AND event."type" IN ('REQUESTED', 'CANCELLED');
CREATE TRIGGER "booking_events_append_only" BEFORE UPDATE OR DELETE ON "booking_events" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- CreateIndex
CREATE INDEX "bookings_venue_id_created_at_id_idx" ON "bookings"("venue_id", "created_at" DESC, "id" DESC);
