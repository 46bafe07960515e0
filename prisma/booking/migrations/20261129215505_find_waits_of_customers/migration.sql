-- CreateIndex
CREATE INDEX "waitlist_entries_customer_id_status_idx" ON "waitlist_entries"("customer_id", "status");
