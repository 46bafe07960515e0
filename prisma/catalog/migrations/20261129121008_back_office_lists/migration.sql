-- DropIndex
DROP INDEX "venues_city_code_idx";

-- CreateIndex
CREATE INDEX "titles_sort_name_idx" ON "titles" USING GIN ("sort_name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "venues_city_code_name_id_idx" ON "venues"("city_code", "name", "id");

-- CreateIndex
CREATE INDEX "venues_owner_id_name_id_idx" ON "venues"("owner_id", "name", "id");
