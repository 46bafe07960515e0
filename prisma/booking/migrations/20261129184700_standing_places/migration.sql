-- Ids of standing places begin with "~". Byte by byte it sorts after those of seats, so that the index of the primary key
-- reads the seats of a show without its standing places.
ALTER TABLE "seat_claims" ALTER COLUMN "seat_id" TYPE TEXT COLLATE "C";
