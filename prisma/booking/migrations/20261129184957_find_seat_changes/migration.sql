-- What changed in a seat map since a version.
CREATE INDEX "outbox_events_seat_changes" ON "outbox_events" ("key", (("payload" ->> 'version')::int)) WHERE "type" = 'booking.seats-changed';
