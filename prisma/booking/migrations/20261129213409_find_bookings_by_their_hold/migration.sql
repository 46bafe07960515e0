-- DropIndex
DROP INDEX "bookings_city_code_hold_id_key";

-- CreateIndex
CREATE UNIQUE INDEX "bookings_hold_id_city_code_key" ON "bookings"("hold_id", "city_code");

