ALTER TABLE "seat_claims" ADD COLUMN "section" TEXT, ADD COLUMN "over_state" "SeatClaimState";

CREATE TEMPORARY TABLE "places" AS
SELECT layout.id AS layout_id, seat ->> 'id' AS seat_id, section ->> 'name' AS section, section ->> 'tierName' AS tier_name
FROM "seat_layouts" AS layout, jsonb_array_elements(sections) AS section,
  jsonb_array_elements(section -> 'rows') AS line, jsonb_array_elements(line -> 'seats') AS seat;

UPDATE "seat_claims" AS claim SET "section" = place.section
FROM "shows" JOIN "places" AS place ON place.layout_id = shows.layout_id
WHERE shows.city_code = claim.city_code AND shows.id = claim.show_id AND place.seat_id = claim.seat_id;

-- Holds that waited while their show moved to another screen are of seats that are not there.
DELETE FROM "seat_claims" WHERE "section" IS NULL;
ALTER TABLE "seat_claims" ALTER COLUMN "section" SET NOT NULL;

-- CreateTable
CREATE TABLE "seat_counts" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "tier_name" TEXT NOT NULL,
    "total_count" INTEGER NOT NULL,
    "held_count" INTEGER NOT NULL DEFAULT 0,
    "sold_count" INTEGER NOT NULL DEFAULT 0,
    "blocked_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "seat_counts_pkey" PRIMARY KEY ("city_code","show_id","section")
) PARTITION BY HASH ("city_code");

DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "seat_counts" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'seat_counts_p' || remainder, remainder);
  END LOOP;
END $$;

-- A section is never taken beyond its places: the third guard against overselling.
ALTER TABLE "seat_counts" ADD CONSTRAINT "seat_counts_within_total" CHECK ("held_count" + "sold_count" + "blocked_count" <= "total_count");
ALTER TABLE "seat_counts" ADD CONSTRAINT "seat_counts_not_negative" CHECK ("held_count" >= 0 AND "sold_count" >= 0 AND "blocked_count" >= 0);

INSERT INTO "seat_counts" (city_code, show_id, section, tier_name, total_count, held_count, sold_count, blocked_count)
SELECT shows.city_code, shows.id, part.section, part.tier_name, part.total,
  coalesce(taken.held, 0), coalesce(taken.sold, 0), coalesce(taken.blocked, 0)
FROM "shows"
JOIN (SELECT layout_id, section, tier_name, count(*) AS total FROM "places" GROUP BY 1, 2, 3) AS part
  ON part.layout_id = shows.layout_id
LEFT JOIN (
  SELECT city_code, show_id, section, count(*) FILTER (WHERE state IN ('HELD', 'PENDING')) AS held,
    count(*) FILTER (WHERE state = 'SOLD') AS sold, count(*) FILTER (WHERE state = 'BLOCKED') AS blocked
  FROM "seat_claims" GROUP BY 1, 2, 3
) AS taken ON taken.city_code = shows.city_code AND taken.show_id = shows.id AND taken.section = part.section;

-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "blocked_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "held_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sold_count" INTEGER NOT NULL DEFAULT 0;

UPDATE "shows" SET "held_count" = taken.held, "sold_count" = taken.sold, "blocked_count" = taken.blocked
FROM (
  SELECT city_code, show_id, sum(held_count) AS held, sum(sold_count) AS sold, sum(blocked_count) AS blocked
  FROM "seat_counts" GROUP BY 1, 2
) AS taken
WHERE shows.city_code = taken.city_code AND shows.id = taken.show_id AND taken.held + taken.sold + taken.blocked > 0;

-- The claims of a show that are past their time: they are counted as held until they are freed.
CREATE INDEX "seat_claims_expiring" ON "seat_claims" ("show_id", "expires_at") WHERE "expires_at" IS NOT NULL;

DROP TABLE "places";
