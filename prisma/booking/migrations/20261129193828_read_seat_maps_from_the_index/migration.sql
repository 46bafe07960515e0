-- A seat map reads the claims of a show from this index alone; their rows are scattered over as many pages as there are seats.
CREATE INDEX "seat_claims_seat_map" ON "seat_claims" ("city_code", "show_id", "seat_id") INCLUDE ("state") WHERE "seat_id" < '~';
