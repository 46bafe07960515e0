-- What the job that cancels complimentary tickets looks for: they have no holder.
CREATE INDEX "tickets_of_nobody" ON "tickets" ("booking_id") WHERE "holder_id" IS NULL AND "status" = 'ISSUED';
