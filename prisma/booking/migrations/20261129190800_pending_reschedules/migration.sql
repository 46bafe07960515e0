-- The bookings whose move to another show awaits the payment of the difference.
CREATE INDEX "bookings_pending_reschedule" ON "bookings" ((pending_reschedule->>'expiresAt')) WHERE "pending_reschedule" IS NOT NULL;
