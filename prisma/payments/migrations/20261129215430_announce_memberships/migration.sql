-- Booking takes the benefits of memberships off its fees from now on: tell it of those that have begun.
INSERT INTO "outbox_events" ("id", "type", "key", "payload")
SELECT gen_random_uuid(), 'payments.membership-changed', mandate."id", jsonb_build_object(
  'membershipId', mandate."id", 'customerId', mandate."customer_id", 'planId', plan."id",
  'status', CASE WHEN mandate."status" = 'ACTIVE' AND mandate."trial_ends_at" = mandate."period_end" THEN 'TRIALING'
    ELSE mandate."status"::text END,
  'periodEnd', to_char(mandate."period_end" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'freeCancellations', plan."free_cancellations", 'bookingFeePercentOff', plan."booking_fee_percent_off")
FROM "mandates" AS mandate JOIN "membership_plans" AS plan ON plan."id" = mandate."plan_id"
WHERE mandate."status" IN ('ACTIVE', 'PAST_DUE', 'PAUSED');
