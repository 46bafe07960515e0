-- CreateTable
CREATE TABLE "waitlists" (
    "city_code" TEXT NOT NULL,
    "show_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "pushed_version" INTEGER NOT NULL DEFAULT 1,
    "pushed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlists_pkey" PRIMARY KEY ("city_code","show_id")
);

-- Waitlists with changes that clients were not told of, and offers that are not over, are found without the others.
CREATE INDEX "waitlists_moved" ON "waitlists"("pushed_at") WHERE "version" > "pushed_version";
CREATE INDEX "waitlist_entries_offered" ON "waitlist_entries"("city_code", "id") WHERE "status" = 'OFFERED';

-- Whatever ends or offers an entry moves those behind it up. The row's lock makes versions follow the order of commits, so
-- whoever reads a version reads all changes up to it.
CREATE FUNCTION count_waitlist_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO waitlists AS waitlist (city_code, show_id, version)
  SELECT DISTINCT city_code, show_id, 2 FROM before_change ORDER BY city_code, show_id
  ON CONFLICT (city_code, show_id) DO UPDATE SET version = waitlist.version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER waitlist_entries_changed AFTER UPDATE ON waitlist_entries REFERENCING OLD TABLE AS before_change
  FOR EACH STATEMENT EXECUTE FUNCTION count_waitlist_changes();
CREATE TRIGGER waitlist_entries_deleted AFTER DELETE ON waitlist_entries REFERENCING OLD TABLE AS before_change
  FOR EACH STATEMENT EXECUTE FUNCTION count_waitlist_changes();
