-- Bookings decide on their failed refunds from now on: tell them of those on which nobody has decided.
INSERT INTO "outbox_events" ("id", "type", "key", "payload")
SELECT gen_random_uuid(), 'payment.refund-failed', refund."payment_id", jsonb_build_object(
  'refundId', refund."id", 'paymentId', refund."payment_id", 'bookingId', refund."booking_id",
  'customerId', refund."customer_id",
  'amount', jsonb_build_object('amount', refund."amount", 'currency', refund."currency"))
FROM "payment_reviews" AS review JOIN "refunds" AS refund ON refund."id" = review."refund_id"
WHERE review."kind" = 'REFUND_FAILED' AND review."status" = 'OPEN' AND refund."booking_id" IS NOT NULL;
