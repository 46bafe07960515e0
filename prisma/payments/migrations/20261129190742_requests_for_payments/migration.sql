-- AlterTable
ALTER TABLE "payable_bookings" ADD COLUMN     "request_number" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "request_number" INTEGER NOT NULL DEFAULT 1;

-- One live or succeeded payment for each request: the price of a booking, and the difference of each move to another show.
DROP INDEX payments_one_live_per_booking;
CREATE UNIQUE INDEX payments_one_live_per_booking ON payments (booking_id, request_number)
  WHERE booking_id IS NOT NULL AND status IN ('REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED');
