-- CreateIndex
CREATE INDEX "shows_title_id_idx" ON "shows"("title_id");
