-- CreateIndex
CREATE INDEX "charges_created_at_id_idx" ON "charges"("created_at", "id");

-- CreateIndex
CREATE INDEX "refunds_reference_idx" ON "refunds"("reference");

-- CreateIndex
CREATE INDEX "refunds_created_at_id_idx" ON "refunds"("created_at", "id");
