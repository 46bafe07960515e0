-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "coupon" JSONB;

-- What follows Prisma cannot express.

-- Promotions is told of every booking with a coupon and of each of its statuses, whichever statement changes it; other
-- bookings cost nothing.
CREATE FUNCTION tell_of_coupon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox_events (id, type, key, payload)
  VALUES (gen_random_uuid(), 'booking.coupon-changed', NEW.id, jsonb_build_object('bookingId', NEW.id,
    'holdId', NEW.hold_id, 'customerId', NEW.customer_id, 'couponId', NEW.coupon ->> 'couponId', 'status', NEW.status));
  RETURN NULL;
END $$;
CREATE TRIGGER bookings_tell_of_a_coupon AFTER INSERT ON bookings
  FOR EACH ROW WHEN (NEW.coupon IS NOT NULL) EXECUTE FUNCTION tell_of_coupon();
CREATE TRIGGER bookings_tell_of_a_coupon_again AFTER UPDATE OF status ON bookings
  FOR EACH ROW WHEN (NEW.coupon IS NOT NULL AND NEW.status IS DISTINCT FROM OLD.status) EXECUTE FUNCTION tell_of_coupon();
