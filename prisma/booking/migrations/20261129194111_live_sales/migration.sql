-- CreateTable
CREATE TABLE "live_sales" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "seat_map_version" INTEGER NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_sales_pkey" PRIMARY KEY ("city_code","show_id")
);

-- CreateIndex
CREATE INDEX "live_sales_venue_id_version_idx" ON "live_sales"("venue_id", "version");

-- Under the lock of who announces, so that a version is never above one that commits later.
CREATE SEQUENCE "live_sales_version";
