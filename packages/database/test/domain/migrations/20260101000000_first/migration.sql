CREATE TABLE "places" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "places_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "places_capacity_positive" CHECK ("capacity" > 0)
);
CREATE UNIQUE INDEX "places_name_key" ON "places"("name");

CREATE TABLE "visits" (
    "city_code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "visitor" TEXT NOT NULL,
    CONSTRAINT "visits_pkey" PRIMARY KEY ("city_code","id")
) PARTITION BY HASH ("city_code");
CREATE TABLE "visits_p0" PARTITION OF "visits" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "visits_p1" PARTITION OF "visits" FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE TABLE "idempotency_keys" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("caller","operation","key")
);
