-- A body with semicolons must reach the database in one piece.
CREATE FUNCTION places_count() RETURNS BIGINT LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1;
  RETURN (SELECT count(*) FROM "places");
END;
$$;
