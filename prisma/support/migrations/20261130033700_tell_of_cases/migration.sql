-- Booking and payments learn of the cases that there are: what belongs to their customers is support's to see.
INSERT INTO "outbox_events" ("id", "type", "key", "payload")
SELECT gen_random_uuid(), 'support.case-changed', "id", jsonb_build_object(
  'ticketId', "id", 'customerId', "customer_id", 'version', "version",
  'resolvedAt', to_char("resolved_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
FROM "support_tickets"
WHERE "erased_at" IS NULL AND ("resolved_at" IS NULL OR "resolved_at" > now() - interval '7 days');
