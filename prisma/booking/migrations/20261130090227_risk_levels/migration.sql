-- CreateTable
CREATE TABLE "risk_levels" (
    "user_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "reasons" TEXT[],
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "risk_levels_pkey" PRIMARY KEY ("user_id")
);

ALTER TABLE "risk_levels" ADD CONSTRAINT "risk_levels_level" CHECK ("level" IN ('NONE', 'SLOW', 'CHALLENGE', 'BLOCK'));

-- Whether risk lets a person buy now. It undoes the statement that calls it, by the violation of a check that names why,
-- when they are blocked, or challenged and did not prove who they are within 15 minutes; null asks for no proof. It is
-- volatile so that it sees what its statement waited for.
CREATE FUNCTION assert_may_buy(person text, signed_in_at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  known text;
BEGIN
  SELECT level INTO known FROM risk_levels
  WHERE user_id = person AND (until IS NULL OR until > clock_timestamp());
  IF known = 'BLOCK' THEN
    RAISE EXCEPTION 'the person is refused by "risk_levels_not_blocked"' USING ERRCODE = 'check_violation';
  ELSIF known = 'CHALLENGE' AND signed_in_at < clock_timestamp() - interval '15 minutes' THEN
    RAISE EXCEPTION 'the person is refused by "risk_levels_confirmed"' USING ERRCODE = 'check_violation';
  END IF;
  RETURN true;
END $$;

-- A change waits for the holds that the person is making, and the next ones see it: after it there is no hold that it
-- would have refused. The lock is that of `lock_seat_usage`.
CREATE FUNCTION await_holds_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(5202612, hashtext(NEW.user_id));
  RETURN NEW;
END $$;
CREATE TRIGGER risk_levels_await_holds BEFORE INSERT OR UPDATE ON risk_levels
  FOR EACH ROW EXECUTE FUNCTION await_holds_of_person();

-- As before, and: of those who get their turns together people with the level SLOW go last, like others who are held back,
-- and those of them who come to an open room are admitted a minute after their turn, so that everybody who comes within it
-- goes first. Nobody waits for longer than that for people who come later.
CREATE OR REPLACE FUNCTION give_turns(city text, show text, default_rate integer, random_seed bytea) RETURNS integer
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
    + CASE WHEN late AND slow THEN interval '1 minute' ELSE interval '0' END
  FROM (
    SELECT customer_id, late, slow, row_number() OVER (ORDER BY late, held_back OR slow,
      CASE WHEN NOT late THEN sha256(room.draw || convert_to(customer_id, 'UTF8')) END, arrival) AS rank
    FROM (
      SELECT customer_id, held_back, arrival, entered_at >= coalesce(room.opening, '-infinity') AS late,
        risk_levels.user_id IS NOT NULL AS slow
      FROM waiting_room_places
      LEFT JOIN risk_levels ON user_id = customer_id AND level = 'SLOW' AND (until IS NULL OR until > now())
      WHERE city_code = city AND show_id = show AND turn_at IS NULL
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
