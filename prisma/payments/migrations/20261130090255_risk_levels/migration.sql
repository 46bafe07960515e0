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
