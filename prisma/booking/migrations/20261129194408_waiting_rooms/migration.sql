-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "admissions_per_minute" INTEGER,
ADD COLUMN     "sales_open_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "waiting_rooms" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "seed" BYTEA,
    "next_turn_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "ordered_at" TIMESTAMPTZ(6),
    "pushed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waiting_rooms_pkey" PRIMARY KEY ("city_code","show_id")
);

-- CreateTable
CREATE TABLE "waiting_room_places" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "arrival" BIGSERIAL NOT NULL,
    "held_back" BOOLEAN NOT NULL,
    "turn_at" TIMESTAMPTZ(6),

    CONSTRAINT "waiting_room_places_pkey" PRIMARY KEY ("city_code","show_id","customer_id")
) PARTITION BY HASH ("city_code");

DO $$
BEGIN
  FOR remainder IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "waiting_room_places" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', 'waiting_room_places_p' || remainder, remainder);
  END LOOP;
END $$;

-- CreateIndex
CREATE INDEX "waiting_room_places_city_code_show_id_turn_at_idx" ON "waiting_room_places"("city_code", "show_id", "turn_at");

ALTER TABLE "shows" ADD CONSTRAINT "shows_admit_people" CHECK ("admissions_per_minute" > 0);

-- Gives the places of an open room that have none their turns: one after the other, at the rate of the show, from now on or
-- after the last one. Those who came before the opening go first, in the order of the hash of a seed that is drawn now and
-- of their ids; the others in the order of their coming; of each, those who are held back last. The statements are several,
-- so that each sees what was committed before the room was locked. Whoever finds the room locked leaves it to the other.
-- Without a hash join, which this subgraph's sessions turn off, thousands of places would be compared with each other.
CREATE FUNCTION give_turns(city text, show text, default_rate integer, random_seed bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SET enable_hashjoin = on AS $$
DECLARE
  room record;
  step interval;
  given integer;
BEGIN
  SELECT greatest(next_turn_at, now()) AS first_turn_at, coalesce(seed, random_seed) AS draw, sales_open_at AS opening,
    coalesce(admissions_per_minute, default_rate) AS rate
  INTO room
  FROM waiting_rooms AS waiting JOIN shows ON shows.city_code = waiting.city_code AND shows.id = waiting.show_id
  WHERE waiting.city_code = city AND waiting.show_id = show AND coalesce(sales_open_at, '-infinity') <= now()
  FOR NO KEY UPDATE OF waiting SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  step := make_interval(secs => 60.0 / room.rate);
  UPDATE waiting_room_places AS place SET turn_at = room.first_turn_at + (turn.rank - 1) * step
  FROM (
    SELECT customer_id, row_number() OVER (ORDER BY late, held_back,
      CASE WHEN NOT late THEN sha256(room.draw || convert_to(customer_id, 'UTF8')) END, arrival) AS rank
    FROM (
      SELECT customer_id, held_back, arrival, entered_at >= coalesce(room.opening, '-infinity') AS late
      FROM waiting_room_places WHERE city_code = city AND show_id = show AND turn_at IS NULL
    ) AS waiting
  ) AS turn
  WHERE place.city_code = city AND place.show_id = show AND place.customer_id = turn.customer_id;
  GET DIAGNOSTICS given = ROW_COUNT;
  IF given > 0 THEN
    UPDATE waiting_rooms SET seed = room.draw, next_turn_at = room.first_turn_at + given * step, ordered_at = now()
    WHERE city_code = city AND show_id = show;
  END IF;
  RETURN given;
END $$;
